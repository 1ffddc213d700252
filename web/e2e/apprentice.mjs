// The record of an apprenticeship by its forms: the agreement, days that are logged, weeks that are signed.

/** A day so many days from today. */
export const day = (from) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export const monday = (text) => {
  const at = new Date(`${text}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
};

/** Waits until the page says so of what was done. */
export const said = (page, words) => page.getByRole("status").getByText(words).waitFor();

/** Puts an agreement down, as the office of an employer, on the page with the form; it is sent by keyboard. */
export async function agree(office, apprentice, supervisor, programme) {
  await office.getByLabel("Occupation").selectOption("interface-analyst");
  await office.getByLabel("Apprentice's login *").fill(apprentice);
  await office.getByLabel("Supervisor's login *").fill(supervisor);
  await office.getByLabel("Programme").fill(programme);
  await office.getByLabel("First day").fill(day(-7));
  await office.getByLabel("Thought to be complete on").fill(day(400));
  await office.getByLabel("Wage steps").fill("0, 0, 22.00\n12, 1, 24.50");
  await office.keyboard.press("Tab");
  await office.getByRole("button", { name: "Put it down" }).press("Enter");
  await said(office, "The agreement is put down");
}

/** Logs work of a day, as the apprentice. */
export async function log(page, on, hours, what) {
  const form = page.locator('form[action$="/write/log"]');
  await form.getByLabel("Day").fill(on);
  await form.getByLabel("Hours").fill(hours);
  await form.getByLabel("What you did").fill(what);
  await form.getByRole("button", { name: "Log it" }).click();
}

/** Signs the week that a day is in, as the supervisor. */
export async function sign(supervisor, on, words) {
  const form = supervisor.locator(`form[action$="/write/sign"]:has(input[value="${monday(on)}"])`);
  await form.getByLabel("A word on the week").fill(words);
  await form.getByRole("button").click();
  await said(supervisor, "Signed. These lines stay");
}
