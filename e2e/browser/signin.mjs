// Signing in, as a person does it, with a real relay and a real users file.
//   PAGE=http://localhost:3000/ LINK=http://localhost:3000/setup#… PICTURES=folder node e2e/browser/signin.mjs
// At a line "now: …" the caller does what it says.
import { launch, picture, step, until } from "./chromium.mjs";

const { PAGE, LINK } = process.env;
const at = (path) => new URL(path, PAGE).href;
const PASSWORD = "correct horse battery";
const SECOND = "another horse battery";

const visitor = await launch();
// The browser logs each refused request and handshake.
const options = {
  colorScheme: "dark",
  mayFail: /status of (400|401|403|429)|WebSocket connection/,
};

async function fill(page, password, name) {
  if (name !== undefined) await page.getByTestId("name").fill(name);
  await page.getByTestId("password").fill(password);
}

const focused = (page, testid) =>
  until(`${testid} has the focus`, () =>
    page.evaluate(
      (id) => document.activeElement?.dataset.testid === id,
      testid,
    ),
  );

const live = (page) =>
  page
    .getByTestId("connection")
    .and(page.locator("[data-phase=live]"))
    .waitFor();

try {
  const page = await visitor.open(LINK, options);

  await step(
    "the set-up link makes the first admin, and leaves the address",
    async () => {
      await page.getByTestId("set-up").waitFor();
      if (page.url().includes("#"))
        throw new Error(`the token is still in the address: ${page.url()}`);
      await focused(page, "name");
      await visitor.checkAccess(page, "the set-up page");
      await picture(page, "set-up");
      await fill(page, PASSWORD, "anna");
      await page.getByTestId("repeated").fill(`${PASSWORD}x`);
      await page.getByTestId("submit").click();
      await page.getByTestId("problem").getByText("not the same").waitFor();
      await page.getByTestId("repeated").fill(PASSWORD);
      await page.keyboard.press("Enter");
      await page.getByTestId("account").getByText("anna").waitFor();
      await live(page);
    },
  );

  await step("the page shows who is signed in, with which role", async () => {
    await page.getByTestId("account").click();
    await page.getByTestId("menu-roles").getByText("Role: admin").waitFor();
    await visitor.checkAccess(page, "the account menu");
    await picture(page, "account");
    await page.keyboard.press("Escape");
    await focused(page, "account");
  });

  await step(
    "the keyboard signs out, and nothing of the page is left",
    async () => {
      await page.keyboard.press("Enter");
      await page.getByTestId("menu").waitFor();
      await page.keyboard.press("ArrowDown");
      // The name, the roles, the rights and the tokens come first.
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByTestId("sign-in").waitFor();
      if ((await page.getByTestId("account").count()) > 0)
        throw new Error("the page is still there");
      const kept = await page.evaluate(() =>
        localStorage.getItem("dockrelay.list"),
      );
      if (kept !== null && kept !== "null")
        throw new Error(`the list is still in the browser: ${kept}`);
    },
  );

  await step(
    "a wrong password is announced, and the focus is where to correct it",
    async () => {
      await page.goto(at("settings?q=web"));
      await focused(page, "name");
      await visitor.checkAccess(page, "the sign-in page");
      await picture(page, "sign-in");
      await fill(page, "not the password", "anna");
      await page.keyboard.press("Enter");
      await page
        .getByRole("alert")
        .getByText("The name or the password is wrong.")
        .waitFor();
      await focused(page, "password");
      await visitor.checkAccess(page, "the sign-in page with an error");
    },
  );

  await step("signing in leads to the address that was opened", async () => {
    await fill(page, PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByTestId("settings").waitFor();
    await live(page);
    if (!page.url().endsWith("settings?q=web"))
      throw new Error(`it leads to ${page.url()}`);
  });

  await step(
    "a session that ends shows the form, and the reader returns",
    async () => {
      console.log("now: change the password");
      await page.getByTestId("sign-in").waitFor();
      await page.getByTestId("session-ended").waitFor();
      await focused(page, "password");
      await fill(page, SECOND);
      await page.keyboard.press("Enter");
      await page.getByTestId("settings").waitFor();
      await live(page);
    },
  );

  await step(
    "signing out everywhere ends the session of another browser",
    async () => {
      const other = await visitor.open(at("logs"), {
        ...options,
        colorScheme: "light",
      });
      await fill(other, SECOND, "anna");
      await picture(other, "sign-in-light");
      await visitor.checkAccess(other, "the sign-in page, light");
      await other.getByTestId("submit").click();
      await live(other);
      await page.getByTestId("account").click();
      await page.getByTestId("menu-sign-out-everywhere").click();
      await page.getByTestId("sign-in").waitFor();
      await other.getByTestId("sign-in").waitFor();
      await other.context().close();
    },
  );

  await step("a telephone has room for the forms and the menu", async () => {
    const phone = await visitor.open(at(""), {
      ...options,
      viewport: { width: 390, height: 844 },
    });
    await fill(phone, SECOND, "anna");
    await visitor.checkAccess(phone, "the sign-in page on a telephone");
    await phone.getByTestId("submit").click();
    await phone.getByTestId("account").click();
    await phone.getByTestId("menu-sign-out").click();
    await phone.getByTestId("sign-in").waitFor();
    await phone.context().close();
  });

  visitor.expectClean();
} finally {
  await visitor.close();
}
