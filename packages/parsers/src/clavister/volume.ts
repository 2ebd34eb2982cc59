import type { EventDraft, NumberField } from '../event/draft.ts';

/** What InControl makes of volumes: `337   `, `52.0   `, `5.79 K`. */
const VOLUMES = /\b(origsent|termsent)=(\d{1,15})(?:\.(\d{1,3}))? {0,3}([KMGT])?(?= |\]|$)/g;
const FIELDS = { origsent: 'source.bytes', termsent: 'destination.bytes' } as const satisfies Record<
  string,
  NumberField
>;

/** Names of the volumes, which this file reads. */
export const VOLUME_NAMES: ReadonlySet<string> = new Set(Object.keys(FIELDS));

/** The last of each counts: those of the connection stand behind those of an application. What was rounded is a label. */
export function readVolumes(text: string, at: number, draft: EventDraft): void {
  for (const [, name, whole = '', fraction = '', unit] of text.slice(at).matchAll(VOLUMES)) {
    const field = FIELDS[name as keyof typeof FIELDS];
    draft.drop(field);
    if (unit === undefined && /^0*$/.test(fraction)) draft.long(field, whole);
    else
      draft.label(
        name as string,
        `${whole}${fraction === '' ? '' : `.${fraction}`}${unit === undefined ? '' : ` ${unit}`}`,
      );
  }
}
