// Sends numbered events with Elastic's own lumberjack client, as Beats do, and prints how many were acknowledged.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	lumber "github.com/elastic/go-lumber/client/v2"
)

func main() {
	address := flag.String("address", "127.0.0.1:5044", "where to send")
	events := flag.Int("events", 1000, "how many events")
	window := flag.Int("window", 100, "events in a window")
	inflight := flag.Int("inflight", 0, "windows on their way at once; 0: wait for each")
	compression := flag.Int("compression", 3, "zlib level, 0 for none")
	padding := flag.Int("padding", 0, "bytes of padding in each event")
	authority := flag.String("ca", "", "PEM file of the authority; TLS when given")
	flag.Parse()

	dial := net.Dial
	if *authority != "" {
		pem, err := os.ReadFile(*authority)
		check(err)
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(pem)
		dial = func(network, target string) (net.Conn, error) {
			return tls.Dial(network, target, &tls.Config{RootCAs: pool})
		}
	}
	options := []lumber.Option{
		lumber.Timeout(30 * time.Second),
		lumber.CompressionLevel(*compression),
		lumber.JSONEncoder(json.Marshal),
	}
	pad := make([]byte, *padding)
	for i := range pad {
		pad[i] = 'x'
	}
	batch := func(from int) []interface{} {
		var out []interface{}
		for n := from; n < from+*window && n < *events; n++ {
			out = append(out, map[string]interface{}{"message": fmt.Sprintf("number=%d", n), "padding": string(pad)})
		}
		return out
	}

	acknowledged := 0
	if *inflight == 0 {
		client, err := lumber.SyncDialWith(dial, *address, options...)
		check(err)
		for from := 0; from < *events; from += *window {
			count, err := client.Send(batch(from))
			acknowledged += count
			check(err)
		}
		check(client.Close())
	} else {
		client, err := lumber.AsyncDialWith(dial, *address, *inflight, options...)
		check(err)
		var waiting sync.WaitGroup
		var lock sync.Mutex
		for from := 0; from < *events; from += *window {
			waiting.Add(1)
			check(client.Send(func(count uint32, err error) {
				defer waiting.Done()
				check(err)
				lock.Lock()
				acknowledged += int(count)
				lock.Unlock()
			}, batch(from)))
		}
		waiting.Wait()
		check(client.Close())
	}
	fmt.Println(acknowledged)
}

func check(err error) {
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
