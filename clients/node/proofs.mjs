// Counts proofs and prints them the way the test command reads.
let passed = 0;
let failed = 0;

/** Runs `work`; an exception is a failure, and the next proof runs all the same. */
export async function prove(name, work) {
  try {
    await work();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}`);
    console.log(error.response?.data ? JSON.stringify(error.response.data) : (error.stack ?? error));
  }
}

/** The last line; the process fails when a proof did. It ends here, because a client may keep a timer after it was closed. */
export function sumUp() {
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed === 0 ? 0 : 1);
}
