// Who uses Practicum in the tests: the demonstration's two people, and learners whom the instructor adds.
import { open } from "./browser.mjs";

/** A page on which the demonstration's learner is signed in. */
export async function asDemoLearner(browser, run, options) {
  const page = await open(browser, options);
  await page.goto(run.demo.sign_in_url);
  return page;
}

/** A page on which the demonstration's instructor is signed in. */
export async function asInstructor(browser, run, options) {
  const page = await open(browser, options);
  await page.goto(run.demo.instructor_sign_in_url);
  return page;
}

/** Adds a learner on the class page and returns the link that signs them in. */
export async function addLearner(instructor, url, name, login) {
  await instructor.goto(`${url}/class`);
  const form = instructor.locator('form[action="/class/people"]');
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Login").fill(login);
  await form.getByRole("button").click();
  return instructor.locator("#sign-in-link").textContent();
}

/** A page on which a fresh learner of this name is signed in. */
export async function asNewLearner(browser, run, name, login, options) {
  const instructor = await asInstructor(browser, run);
  const link = await addLearner(instructor, run.url, name, login);
  await instructor.context().close();
  const page = await open(browser, options);
  await page.goto(link);
  return page;
}
