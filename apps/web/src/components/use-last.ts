'use client';
import { useState } from 'react';

/** The newest value that was not undefined: keeps what was found on screen while the next search runs or fails. */
export function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}
