import { microsToRfc3339 } from '@logmaster/core/time';
import { readHeader } from '../syslog/header.ts';
import type { WrittenTime } from '../time/device-time.ts';
import type { HeaderParts } from './header-cases.ts';

/** The header of a text in the words of the cases. */
export function readParts(text: string): HeaderParts {
  const { time, messageAt, structuredData, fault, ...names } = readHeader(text);
  const parts = {
    ...names,
    time: time && writtenText(time),
    data: structuredData && Object.fromEntries(structuredData),
    fault: fault?.field,
    message: text.slice(messageAt),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as HeaderParts;
}

/** RFC 3339 with what the text leaves out left out. */
function writtenText({ local, yearMissing, offset }: WrittenTime): string {
  const text = microsToRfc3339(local).slice(yearMissing ? 5 : 0, -1);
  if (offset === undefined) return text;
  if (offset === 0) return `${text}Z`;
  const minutes = Math.abs(offset) / 60_000_000;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
