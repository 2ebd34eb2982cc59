// What `npm test` asks before it runs anything: installs what its test files need, and prints as JSON which components
// could not be had and which test files that rules out.
import { CATALOGUE } from './catalogue.ts';
import { installComponents } from './install.ts';
import { testFiles } from './test-files.ts';

const say = (text: string) => process.stderr.write(`${text}\n`);

const files = testFiles();
const wanted = CATALOGUE.filter((component) => files.some(({ components }) => components.includes(component)));
const outcomes = await installComponents(wanted, say);
const missing = outcomes.filter(({ state }) => state === 'missing');
const ruledOut = files.flatMap(({ file, components }) => {
  const lacking = components.find(({ name }) => missing.some((outcome) => outcome.name === name));
  return lacking ? [{ file, component: lacking.name }] : [];
});
const uses = files.map(({ file, components }) => ({ file, components: components.map(({ name }) => name) }));
process.stdout.write(`${JSON.stringify({ missing, ruledOut, uses })}\n`);
