'use client';
import { useEffect, useState } from 'react';

/** The time, renewed every so often; null until mounted, since the server's clock must not be in the page. */
export function useNow(everyMs = 10_000): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
