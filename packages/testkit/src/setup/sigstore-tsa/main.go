// The HTTP service of sigstore's timestamp-authority, without its command line: that one also opens its metrics on
// port 2112 of every address of the machine, which can be neither moved nor turned off, so that nothing but loopback
// and two of them at once would be impossible. Keys and certificates are made in memory at each start.
package main

import (
	"flag"
	"log"
	"time"

	"github.com/sigstore/timestamp-authority/v2/pkg/server"
	"github.com/spf13/viper"
)

const timeout = 30 * time.Second

func main() {
	host := flag.String("host", "127.0.0.1", "address to listen on")
	port := flag.Int("port", 0, "port to listen on")
	flag.Parse()
	viper.Set("timestamp-signer", "memory")
	viper.Set("timestamp-signer-hash", "sha256")
	if err := server.NewRestAPIServer(*host, *port, []string{"http"}, false, timeout, timeout).Serve(); err != nil {
		log.Fatal(err)
	}
}
