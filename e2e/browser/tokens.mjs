// API tokens, as a person makes and revokes them, with a real relay.
//   PAGE=http://localhost:3000/ PICTURES=folder node e2e/browser/tokens.mjs
// The user anna has the role operator. A line "token: …" is the text of a new token, which the caller then uses once.
import { launch, picture, step, until } from "./chromium.mjs";

const { PAGE } = process.env;
const at = (path) => new URL(path, PAGE).href;

const visitor = await launch();
const options = {
  colorScheme: "dark",
  mayFail: /status of (400|401|403|404|409)|WebSocket connection/,
};

const focused = (page, testid) =>
  until(`${testid} has the focus`, () =>
    page.evaluate(
      (id) => document.activeElement?.dataset.testid === id,
      testid,
    ),
  );

async function signIn(page) {
  await page.getByTestId("name").fill("anna");
  await page.getByTestId("password").fill("correct horse battery");
  await page.keyboard.press("Enter");
}

try {
  const page = await visitor.open(at(""), options);
  await signIn(page);

  await step("the account menu leads to the tokens, by keyboard", async () => {
    await page.getByTestId("account").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("menu").waitFor();
    // The name, the roles and the rights come first.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByTestId("no-tokens").waitFor();
    if (!page.url().endsWith("/tokens"))
      throw new Error(`it leads to ${page.url()}`);
    await visitor.checkAccess(page, "the page of tokens without one");
  });

  await step(
    "the form offers what the user has, and makes a token by keyboard",
    async () => {
      await page.getByTestId("add-token").focus();
      await page.keyboard.press("Enter");
      await focused(page, "token-name");
      await page.keyboard.type("ci");
      if (!(await page.getByTestId("token-role-reader").isChecked()))
        throw new Error("reader is not chosen");
      if (await page.getByTestId("token-role-admin").isEnabled())
        throw new Error("an operator can make an admin");
      await page.getByTestId("token-project").fill("shop, blog-*");
      await visitor.checkAccess(page, "the form for a token");
      await picture(page, "token-form");
      await page.getByTestId("token-name").focus();
      await page.keyboard.press("Enter");
      await focused(page, "secret");
    },
  );

  await step("the text is shown once, and can be copied", async () => {
    await visitor.checkAccess(page, "a new token");
    const secret = await page.getByTestId("secret").inputValue();
    await page.getByTestId("copy-secret").click();
    await page.getByTestId("copy-news").getByText("Copied.").waitFor();
    await page.getByTestId("secret-done").click();
    await page.getByTestId("token").getByText("never").waitFor();
    if ((await page.content()).includes(secret))
      throw new Error("the token is still in the page");
    console.log(`token: ${secret}`);
  });

  await step("the list shows its scope and its last use", async () => {
    const row = page.getByTestId("token");
    await until("its use is shown", async () => {
      await page.reload();
      await row.getByText("project blog-*, shop").waitFor();
      return (await row.getByText("never").count()) === 0;
    });
    await row.getByText("reader").waitFor();
    await visitor.checkAccess(page, "the list of tokens");
    await picture(page, "tokens");
  });

  await step("revoking asks first", async () => {
    await page.getByTestId("revoke").click();
    await page.getByTestId("revoke-dialog").waitFor();
    await visitor.checkAccess(page, "the question");
    await page.keyboard.press("Escape");
    await focused(page, "revoke");
    await page.getByTestId("revoke").click();
    await page.getByTestId("agree").click();
    await page.getByTestId("no-tokens").waitFor();
  });

  await step("a telephone has room for the form and the list", async () => {
    const phone = await visitor.open(at("tokens"), {
      ...options,
      colorScheme: "light",
      viewport: { width: 390, height: 844 },
    });
    await signIn(phone);
    await phone.getByTestId("add-token").click();
    await visitor.checkAccess(phone, "the form on a telephone");
    await picture(phone, "token-form-phone");
    await phone.getByTestId("token-name").fill("phone");
    await phone.getByTestId("create-token").click();
    await phone.getByTestId("secret-done").click();
    await phone.getByTestId("token").waitFor();
    await visitor.checkAccess(phone, "the list on a telephone");
    await phone.context().close();
  });

  if (visitor.faults.length > 0)
    throw new Error(`the page is not clean:\n${visitor.faults.join("\n")}`);
  console.log(
    "ok - no policy violation, exception or request to another origin",
  );
} finally {
  await visitor.close();
}
