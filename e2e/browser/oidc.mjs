// Signing in at an identity provider, as a person does it, with a real relay and a real provider on another site.
//   PAGE=http://localhost:3000/ ISSUER_PORT=… PICTURES=folder node e2e/browser/oidc.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launch, picture, step, until } from "./chromium.mjs";

const { PAGE, ISSUER_PORT } = process.env;
const at = (path) => new URL(path, PAGE).href;
const visitor = await launch();
const options = {
  colorScheme: "dark",
  mayFail: /status of (401|503)|WebSocket connection/,
};
let provider;
let control;

async function startProvider() {
  provider = spawn(
    "node",
    [fileURLToPath(new URL("../../web/oidc/provider.mjs", import.meta.url))],
    {
      env: {
        ...process.env,
        REDIRECT: at("api/session/oidc/callback"),
        LOGGED_OUT: at(""),
      },
      stdio: ["pipe", "pipe", "ignore"],
    },
  );
  const [line] = await once(createInterface(provider.stdout), "line");
  control = line.split(" ")[2];
}

async function tell(command, body) {
  await fetch(`http://127.0.0.1:${control}/${command}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
}

const live = (page) =>
  page
    .getByTestId("connection")
    .and(page.locator("[data-phase=live]"))
    .waitFor();

try {
  const page = await visitor.open(at("settings?q=web"), options);

  await step("a provider that is away is announced at the button", async () => {
    await page
      .getByTestId("provider")
      .getByText("Sign in with Example Login")
      .waitFor();
    await picture(page, "sign-in-provider");
    await page.getByTestId("provider").click();
    await page
      .getByRole("alert")
      .getByText("Example Login does not answer")
      .waitFor();
    await visitor.checkAccess(page, "the sign-in page with a provider");
  });

  await step(
    "signing in there leads back to the address that was opened",
    async () => {
      await startProvider();
      await tell("groups", { user: "anna", names: ["admins"] });
      // The relay finds out by itself, and then the browser leaves the page.
      const button = page.getByTestId("provider");
      const settings = page.getByTestId("settings");
      await until("the provider is known", async () => {
        if (await settings.isVisible()) return true;
        await button.press("Enter", { timeout: 1000 }).catch(() => {});
        return settings.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
      });
      await live(page);
      if (!page.url().endsWith("settings?q=web"))
        throw new Error(`it leads to ${page.url()}`);
    },
  );

  await step("the page shows the user, the role and the group", async () => {
    await page.getByTestId("account").getByText("anna").waitFor();
    await page.getByTestId("account").click();
    await page.getByTestId("menu-roles").getByText("Role: admin").waitFor();
    await page.getByTestId("menu-groups").getByText("Group: admins").waitFor();
    await visitor.checkAccess(page, "the account menu of a user of a provider");
    await page.keyboard.press("Escape");
    await page.reload();
    await live(page);
  });

  await step("a session that the provider ends shows the form", async () => {
    await tell("revoke", { user: "anna" });
    await page.getByTestId("sign-in").waitFor({ timeout: 60_000 });
  });

  await step("signing out leads through the provider, and back", async () => {
    await page.getByTestId("provider").click();
    await live(page);
    await page.getByTestId("account").click();
    await page.getByTestId("menu-sign-out").click();
    await page.waitForURL((url) => url.port === ISSUER_PORT);
    await page.locator("button[name=logout][value=yes]").click();
    await page.getByTestId("sign-in").waitFor();
    if (!page.url().startsWith(PAGE))
      throw new Error(`it leads to ${page.url()}`);
  });

  await step("a refusal of the provider is announced, once", async () => {
    await tell("set", { deny: true });
    await page.getByTestId("provider").click();
    await page
      .getByRole("alert")
      .getByText("Example Login has not allowed the sign-in")
      .waitFor();
    if (page.url().includes("sign-in="))
      throw new Error(`the address keeps it: ${page.url()}`);
    await page.reload();
    await page.getByTestId("provider").waitFor();
    if ((await page.getByRole("alert").count()) > 0)
      throw new Error("a reload says it again");
  });

  const faults = visitor.faults.filter(
    (fault) => !fault.includes(`request to http://127.0.0.1:${ISSUER_PORT}/`),
  );
  if (faults.length > 0)
    throw new Error(`the page is not clean:\n${faults.join("\n")}`);
  console.log(
    "ok - no policy violation, exception or request to a third origin",
  );
} finally {
  await visitor.close();
  provider?.kill();
}
