'use client';
import './globals.css';

/** The layout itself failed, so neither language nor theme can be known: both languages are shown. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="tr">
      <body>
        <main className="grid min-h-dvh place-items-center p-6 text-center">
          <div className="grid gap-3">
            <h1 className="font-semibold text-xl">LogMaster</h1>
            <p>Sayfa gösterilemedi. Lütfen yeniden deneyin.</p>
            <p lang="en">The page could not be shown. Please try again.</p>
            {error.digest && <p className="font-mono text-faint text-xs">{error.digest}</p>}
            <a href="/explorer" className="text-accent underline">
              LogMaster
            </a>
          </div>
        </main>
      </body>
    </html>
  );
}
