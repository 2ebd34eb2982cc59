import { AppError } from '@logmaster/core/errors';

/** Where in the query text, in UTF-16 units, end exclusive. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** QUERY_SYNTAX: the text can't be read as a query. */
export function syntaxFault(place: Place, detail: string): AppError {
  return new AppError('QUERY_SYNTAX', { detail, data: { from: place.from, to: place.to } });
}

/** QUERY_TYPE: the value does not fit the field. */
export function typeFault(place: Place, detail: string): AppError {
  return new AppError('QUERY_TYPE', { detail, data: { from: place.from, to: place.to } });
}
