import { AppError } from '@logmaster/core/errors';

/** Where in the query text, in UTF-16 units, end exclusive. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export function syntaxFault(place: Place, detail: string): AppError {
  return new AppError('QUERY_SYNTAX', { detail, data: { from: place.from, to: place.to } });
}

export function typeFault(place: Place, detail: string): AppError {
  return new AppError('QUERY_TYPE', { detail, data: { from: place.from, to: place.to } });
}
