// Several hosts in one view, with a real relay and two scripted controllers; the clock of one is 5 s ahead.
//   PAGE=http://localhost:3000/ PORTS=8091,8092 PICTURES=folder node e2e/browser/hosts.mjs
import { launch, picture, step, until } from "./chromium.mjs";
import { startController } from "./controllers.mjs";

const { PAGE, PORTS } = process.env;
const [right, wrong] = PORTS.split(",").map(Number);
const at = (path) => new URL(path, PAGE).href;

const controllers = await Promise.all([
  startController({ id: "right", port: right, ahead: 0, offset: 100 }),
  startController({ id: "wrong", port: wrong, ahead: 5000, offset: 600 }),
]);
/** A relay may have no list of hosts and enrolments. */
const mayFail = /status of 404/;
const visitor = await launch();

try {
  const page = await visitor.open(at("?group=projects"), {
    colorScheme: "dark",
    mayFail,
  });

  await step("the list shows a project over all hosts", async () => {
    const section = page.locator('[data-testid=section][data-name="shop"]');
    await section.getByText("2 hosts").waitFor();
    await page.getByTestId("container-row").nth(1).waitFor();
    await visitor.checkAccess(page, "the list by project");
  });

  await step("the list is grouped and filtered by label", async () => {
    await page.goto(at("?group=label:region&label=region%3Dwrong"));
    await page.locator('[data-testid=section][data-name="wrong"]').waitFor();
    if ((await page.getByTestId("container-row").count()) !== 1)
      throw new Error("the filter shows another host too");
    await page.getByTestId("label-filter").click();
    await page.getByRole("menuitemcheckbox", { name: "region=right" }).click();
    await page.locator('[data-testid=section][data-name="right"]').waitFor();
    await page.keyboard.press("Escape");
    await visitor.checkAccess(page, "the list by label");
  });

  await step(
    "the hosts page shows round trip and clock of each link",
    async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("o");
      const offset = (host) =>
        page.locator(`[data-host=${host}]`).getByTestId("host-offset");
      await offset("wrong").getByText("5.00 s ahead").waitFor();
      await offset("right").getByText("0 ±").waitFor();
      await visitor.checkAccess(page, "the hosts page");
      await picture(page, "hosts");
    },
  );

  await step("a host is added by its address, and removed", async () => {
    await page.getByTestId("add-host").focus();
    await page.keyboard.press("Enter");
    await until("the first choice has the focus", () =>
      page.evaluate(
        () => document.activeElement?.dataset.testid === "way-dials",
      ),
    );
    await page.keyboard.press("ArrowDown");
    await page.getByTestId("host-url").waitFor();
    await visitor.checkAccess(page, "the form for a host");
    await page.getByTestId("host-url").fill("ws://localhost:9");
    await page.getByTestId("host-name").fill("nowhere");
    await page.getByTestId("create-host").click();
    const row = page.locator("[data-testid=host]", { hasText: "localhost:9" });
    await row.getByTestId("remove-host").waitFor();
    await visitor.checkAccess(page, "the hosts with one that does not answer");
    await picture(page, "hosts-added");
    await row.getByTestId("remove-host").click();
    await page.getByTestId("agree").click();
    await row.waitFor({ state: "detached" });
  });

  await step("logs of both hosts are in the order of one clock", async () => {
    await page.goto(at("?group=projects"));
    await page.getByTestId("section-menu").first().click();
    await page.getByTestId("menu-log").click();
    await until("twenty lines are shown", async () => {
      const names = await page.getByTestId("log-text").allTextContents();
      return names.length >= 20 && names;
    });
    await page.waitForTimeout(2500);
    const lines = await page.getByTestId("log-line").allTextContents();
    const hosts = lines.map((line) => /line of (\w+)/.exec(line)[1]);
    for (const [i, host] of hosts.entries())
      if (i > 0 && hosts[i - 1] === host)
        throw new Error(`two lines of one host in a row:\n${lines.join("\n")}`);
    await visitor.checkAccess(page, "the merged log");
    await picture(page, "merged-hosts");
  });

  await step("the hosts fit a telephone", async () => {
    const phone = await visitor.open(at("hosts"), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      mayFail,
    });
    await phone.getByTestId("host").nth(1).waitFor();
    const wide = await phone.evaluate(
      () => document.documentElement.scrollWidth > innerWidth,
    );
    if (wide) throw new Error("the page is wider than the screen");
    await visitor.checkAccess(phone, "the hosts page on a telephone");
    await picture(phone, "hosts-phone");
    await phone.context().close();
  });

  visitor.expectClean();
} finally {
  await visitor.close();
  controllers.forEach((controller) => controller.close());
}
