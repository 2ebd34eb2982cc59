type OnPair = (key: string, value: string) => void;

/** Columns of SmartView Tracker's export and of loggers that write the same, in order. */
const COLUMNS = (
  'num date time i/f_name origin type action service s_port src dst proto rule rule_name current_rule user information ' +
  'product src_machine_name src_user_name'
).split(' ');
/** `"1832941" "20Dec2026" "12:04:05" "eth1" "10.50.0.1" "Log" "Decrypt" …`, from the date on. */
const START = /"\d{1,12}" "\d{1,2}[A-Za-z]{3}\d{4}" "\d{1,2}:\d\d:\d\d" "/y;
/** What stands between quotes and blanks in between; the text has none of its own. */
const VALUE = /"([^"]{0,2048})"/g;

/** Does such a line begin here? */
export function isTrackerExport(text: string, at: number): boolean {
  START.lastIndex = at;
  return START.test(text);
}

/** A line's values under the names that the other forms have. `information` is a list of pairs of its own. */
export function readTrackerExport(text: string, at: number, onPair: OnPair): void {
  const values = new Map<string, string>();
  let column = 0;
  for (const [, value] of text.slice(at).matchAll(VALUE)) {
    const name = COLUMNS[column++];
    if (name === undefined) break;
    values.set(name, value as string);
  }
  onPair('time', `${values.get('date')} ${values.get('time')}`);
  for (const [name, value] of values) {
    if (name !== 'date' && name !== 'time' && name !== 'information') onPair(name, value);
  }
  for (const pair of (values.get('information') ?? '').split('; ')) {
    const colon = pair.indexOf(': ');
    if (colon > 0) onPair(pair.slice(0, colon).toLowerCase().replaceAll(' ', '_'), pair.slice(colon + 2));
  }
}
