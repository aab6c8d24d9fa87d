// Two users of different rights, with a real relay, users file and grants file.
//   PAGE=http://localhost:3000/ PICTURES=folder node e2e/browser/rights.mjs
// At a line "now: …" the caller does what it says.
import { launch, picture, step, until } from "./chromium.mjs";

const { PAGE } = process.env;
const at = (path) => new URL(path, PAGE).href;
const PASSWORD = "correct horse battery";

const visitor = await launch();
// The browser logs each refused request and handshake.
const options = {
  colorScheme: "dark",
  mayFail: /status of (401|403|404)|WebSocket connection/,
};

async function signIn(name) {
  const page = await visitor.open(at(""), options);
  await page.getByTestId("name").fill(name);
  await page.getByTestId("password").fill(PASSWORD);
  await page.getByTestId("submit").click();
  await row(page, "web").waitFor();
  return page;
}

const row = (page, name) =>
  page.locator(`[data-testid=container-row][data-container="${name}"]`);

async function expectReason(part, words) {
  if ((await part.getAttribute("aria-disabled")) !== "true")
    throw new Error("it is not disabled");
  const title = await part.getAttribute("title");
  if (!title?.toLowerCase().includes(words.toLowerCase()))
    throw new Error(`the reason is "${title}"`);
}

async function expectShopOnly(page) {
  await row(page, "ledger").waitFor();
  const text = await page.locator("body").innerText();
  for (const hidden of ["vault", "gazette", "blog"])
    if (text.includes(hidden)) throw new Error(`${hidden} is on the page`);
}

try {
  const viewer = await signIn("viktor");
  const operator = await signIn("olga");

  await step(
    "a viewer sees the granted project, and nothing that is hidden",
    async () => {
      await expectShopOnly(viewer);
      await visitor.checkAccess(viewer, "the viewer's list");
      await picture(viewer, "viewer");
    },
  );

  await step(
    "what a viewer may not do is disabled, with the reason",
    async () => {
      await expectReason(
        row(viewer, "web").getByTestId("open-log"),
        "Your rights",
      );
      await expectReason(
        row(viewer, "web").getByTestId("action-restart"),
        "your rights",
      );
      await row(viewer, "web").getByTestId("row-menu").click();
      await expectReason(viewer.getByTestId("menu-stop"), "your rights");
      await expectReason(viewer.getByTestId("menu-beside"), "Your rights");
      await viewer.keyboard.press("Escape");
      if ((await viewer.getByTestId("view-logs").count()) > 0)
        throw new Error("the navigation has logs that cannot be read");
      await row(viewer, "web").getByTestId("open-details").click();
      await viewer.getByTestId("panel-load").waitFor();
      await viewer.getByTestId("tab-logs").click();
      await viewer
        .getByTestId("tab-refused")
        .getByText("do not include the log")
        .waitFor();
      await viewer.getByTestId("tab-details").click();
      await viewer
        .getByTestId("tab-refused")
        .getByText("do not include the details")
        .waitFor();
      await viewer.getByTestId("tab-load").click();
      await viewer.getByTestId("panel-load").waitFor();
      await viewer.getByTestId("tab-refused").waitFor({ state: "detached" });
      await viewer.getByTestId("tab-logs").click();
      await visitor.checkAccess(viewer, "a page without its log");
      await viewer.getByTestId("account").click();
      await viewer
        .getByTestId("menu-rights")
        .getByText("view, stats in project shop")
        .waitFor();
      await viewer.keyboard.press("Escape");
      await viewer.getByTestId("back").click();
      await row(viewer, "web").waitFor();
    },
  );

  await step(
    "an address of something hidden leads to what does not exist",
    async () => {
      const texts = [];
      for (const name of ["vault", "gazette", "nonesuch"]) {
        await viewer.goto(at(`c/edge-1/${name}`));
        await viewer.getByTestId("account").waitFor();
        await viewer.locator("main").getByText(name).first().waitFor();
        texts.push(
          (await viewer.locator("main").innerText()).replaceAll(name, "NAME"),
        );
      }
      if (new Set(texts).size > 1)
        throw new Error(`they differ: ${texts.join(" / ")}`);
      await viewer.goto(at(""));
      await row(viewer, "web").waitFor();
    },
  );

  await step(
    "an operator reads logs and restarts, and not what a label forbids",
    async () => {
      await expectShopOnly(operator);
      await expectReason(
        row(operator, "ledger").getByTestId("action-restart"),
        "dockrelay.control=off",
      );
      await row(operator, "web").getByTestId("open-log").click();
      await operator
        .getByTestId("log-line")
        .getByText("working")
        .first()
        .waitFor();
      await row(operator, "web").getByTestId("action-restart").click();
      await row(operator, "web").getByTestId("outcome").waitFor();
      await visitor.checkAccess(operator, "the operator's list");
      await picture(operator, "operator");
    },
  );

  await step(
    "rights that end leave nothing of the page, here and in the browser",
    async () => {
      await until("the list is saved", () =>
        viewer.evaluate(() =>
          localStorage.getItem("dockrelay.list")?.includes("web"),
        ),
      );
      console.log("now: take the viewer's grant away");
      await viewer.getByTestId("no-rights").waitFor();
      const text = await viewer.locator("body").innerText();
      if (text.includes("web") || text.includes("edge-1"))
        throw new Error(`the page has ${text}`);
      const kept = await viewer.evaluate(() =>
        localStorage.getItem("dockrelay.list"),
      );
      if (kept !== null && kept !== "null")
        throw new Error(`the list is still in the browser: ${kept}`);
      await visitor.checkAccess(viewer, "the page without rights");
      await viewer.getByTestId("reload").click();
      await viewer.getByTestId("account").waitFor();
      await until(
        "the list is empty",
        async () => (await viewer.getByTestId("container-row").count()) === 0,
      );
    },
  );

  await step("the other user goes on", async () => {
    await expectShopOnly(operator);
    await operator
      .getByTestId("connection")
      .and(operator.locator("[data-phase=live]"))
      .waitFor();
  });

  visitor.expectClean();
} finally {
  await visitor.close();
}
