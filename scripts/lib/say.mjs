/** Progress and messages go to stderr; stdout is for results. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A failure that is the reader's to mend: shown as its message, without a stack. */
export class LauncherError extends Error {}

/** Runs a launcher's main function and ends the process with the code it returns. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    say(error instanceof LauncherError ? error.message : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}
