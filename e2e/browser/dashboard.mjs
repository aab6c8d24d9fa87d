// The dashboard without the logs, as a person uses it, with a real engine and the sample stack.
//   PAGE=http://localhost:3000/ DOCKER_HOST=unix://… PICTURES=folder node e2e/browser/dashboard.mjs
import { execFileSync } from "node:child_process";
import { launch, picture, step, until } from "./chromium.mjs";

const PAGE = process.env.PAGE;
const docker = (...args) =>
  execFileSync("docker", args, { encoding: "utf8" }).trim();
const at = (path) => new URL(path, PAGE).href;
const rowOf = (page, name) =>
  page.locator(`[data-testid="container-row"][data-container="${name}"]`);
const inState = (page, name, status) =>
  page.locator(
    `[data-testid="container-row"][data-container="${name}"][data-status="${status}"]`,
  );
const inFull = (name) => `latestrelayer-${name}`;

const visitor = await launch();
// The browser reports an aborted request as an error when a view is left.
const open = (path = "", options = {}) =>
  visitor.open(at(path), { colorScheme: "dark", ...options });

async function seen(page, name, what = name) {
  await visitor.checkAccess(page, what);
  await picture(page, name);
}

try {
  // A removed container has no details any more, and the engine refuses some actions of this test: the browser logs
  // each such answer.
  const page = await open("", { mayFail: /status of (404|409|502)/ });

  await step(
    "the list shows state, health, exit code, uptime and image, by host and project",
    async () => {
      await rowOf(page, "nginx-proxy")
        .getByText("healthy", { exact: true })
        .waitFor();
      await rowOf(page, "migrate").getByText("code 0").waitFor();
      await page
        .getByTestId("project-group")
        .getByText("latestrelayer")
        .waitFor();
      const uptime = rowOf(page, "nginx-proxy").getByTestId("status-detail");
      const before = await uptime.innerText();
      await until(
        "the uptime ticks by itself",
        async () => (await uptime.innerText()) !== before,
      );
    },
  );

  await step(
    "the load of the rows in sight is measured and drawn",
    async () => {
      const cell = rowOf(page, "multiplexer").getByTestId("load-cpu");
      await until("CPU is a number", async () =>
        /\d %/.test(await cell.innerText()),
      );
      await until("CPU is a line", async () =>
        ((await cell.locator(".line").getAttribute("d")) ?? "").includes("L"),
      );
      await until("memory is a number", async () =>
        /\d [KMG]iB/.test(
          await rowOf(page, "multiplexer")
            .getByTestId("load-memory")
            .innerText(),
        ),
      );
      await page.getByTestId("host-load").getByText("% CPU").waitFor();
    },
  );

  await step("a change is shown at once, with what followed", async () => {
    docker("stop", "--time", "1", inFull("chat-bridge"));
    await inState(page, "chat-bridge", "exited").waitFor();
    const story = rowOf(page, "chat-bridge").getByTestId("story");
    await story.getByText(/stopped|died/).waitFor();
    docker("start", inFull("chat-bridge"));
    await inState(page, "chat-bridge", "running").waitFor();
    await story.getByText(/started/).waitFor();
  });

  await step("a page that opens later shows earlier changes", async () => {
    const late = await open();
    await rowOf(late, "chat-bridge").getByTestId("story").waitFor();
    await late.context().close();
  });

  await step(
    "the list is filtered by text and by state, and the address has the filter",
    async () => {
      await page.keyboard.press("/");
      await page.keyboard.type("ffmpeg");
      await until(
        "two are left",
        async () => (await page.getByTestId("container-row").count()) === 2,
      );
      if (!page.url().includes("q=ffmpeg"))
        throw new Error(`the address does not say so: ${page.url()}`);
      const same = await open(page.url().slice(PAGE.length));
      await until(
        "a link shows the same",
        async () => (await same.getByTestId("container-row").count()) === 2,
      );
      await same.context().close();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await page.getByTestId("chip-stopped").click();
      await rowOf(page, "nginx-proxy").waitFor({ state: "detached" });
      await rowOf(page, "migrate").waitFor();
      await page.getByTestId("filter").fill("nothing-is-called-this");
      await page
        .getByTestId("empty")
        .getByText("nothing-is-called-this")
        .waitFor();
      await page.getByTestId("clear-filter").click();
      await rowOf(page, "nginx-proxy").waitFor();
    },
  );

  await step("the list is accessible, dark and light", async () => {
    await seen(page, "dashboard-dark");
    const light = await open("", { colorScheme: "light" });
    await rowOf(light, "nginx-proxy").waitFor();
    await seen(light, "dashboard-light");
    await light.context().close();
    const forced = await open("", {
      forcedColors: "active",
      reducedMotion: "reduce",
    });
    await rowOf(forced, "nginx-proxy").waitFor();
    await visitor.checkAccess(forced, "the list in the system’s own colours");
    await forced.context().close();
  });

  await step(
    "a container is restarted, and its row shows when it is healthy",
    async () => {
      const started = () =>
        docker(
          "inspect",
          "--format",
          "{{.State.StartedAt}}",
          inFull("multiplexer"),
        );
      const before = started();
      await rowOf(page, "multiplexer").getByTestId("action-restart").click();
      await rowOf(page, "multiplexer").getByText("Restarting…").waitFor();
      await rowOf(page, "multiplexer")
        .getByTestId("outcome")
        .getByText("Restarted, healthy")
        .waitFor();
      if (started() === before)
        throw new Error("multiplexer was not restarted");
    },
  );

  await step(
    "several containers are stopped after a confirmation, and started again",
    async () => {
      for (const name of ["chat-bridge", "scheduler"])
        await rowOf(page, name).getByTestId("select").click();
      await page.getByTestId("selected-stop").click();
      await page.getByTestId("stop-several").waitFor();
      await seen(page, "stop-several");
      await page.getByTestId("cancel").click();
      await page.getByTestId("stop-several").waitFor({ state: "detached" });
      if (
        docker(
          "inspect",
          "--format",
          "{{.State.Running}}",
          inFull("chat-bridge"),
        ) !== "true"
      )
        throw new Error("it was stopped without confirmation");
      await page.getByTestId("selected-stop").click();
      await page.getByTestId("agree").click();
      await page
        .getByTestId("notice")
        .getByText("Stopped 2 containers.")
        .waitFor();
      for (const name of ["chat-bridge", "scheduler"])
        await inState(page, name, "exited").waitFor();
      await page.getByTestId("selected-start").click();
      for (const name of ["chat-bridge", "scheduler"])
        await inState(page, name, "running").waitFor();
      await page.getByTestId("clear-selection").click();
    },
  );

  await step(
    "a whole project is restarted, and skipped containers are named",
    async () => {
      await page.getByTestId("project-menu").first().click();
      await seen(page, "project-menu");
      await page.getByTestId("menu-restart").click();
      await page
        .getByTestId("notice")
        .getByText(/Restart(ing|ed) \d+/)
        .waitFor();
      await until(
        "it is over",
        async () => !(await page.getByTestId("notice").getByText("…").count()),
        60_000,
      );
    },
  );

  await step("an engine error is shown until it is dismissed", async () => {
    docker(
      "create",
      "--name",
      "misfit",
      "--network",
      "none",
      process.env.IMAGE ?? imageOf(),
      "/no/such/program",
    );
    await rowOf(page, "misfit").getByTestId("action-start").click();
    await page.getByTestId("failure").getByText("/no/such/program").waitFor();
    await seen(page, "refused");
    const refusal = page
      .getByTestId("failure")
      .filter({ hasText: "/no/such/program" });
    await refusal.getByTestId("dismiss").click();
    await refusal.waitFor({ state: "detached" });
    docker("rm", "-f", "misfit");
    await rowOf(page, "misfit").waitFor({ state: "detached" });
  });

  await step("an impossible action is disabled, with the reason", async () => {
    await rowOf(page, "nginx-proxy").getByTestId("row-menu").click();
    const start = page.getByTestId("menu-start");
    if ((await start.getAttribute("aria-disabled")) !== "true")
      throw new Error("it could be started again");
    if (!((await start.getAttribute("title")) ?? "").includes("running"))
      throw new Error("no reason is given");
    await page.keyboard.press("Escape");
  });

  await step(
    "a click on a row opens the container, and Escape leads back to the row",
    async () => {
      await rowOf(page, "multiplexer").getByTestId("status-detail").click();
      await page.getByTestId("detail").waitFor();
      await page.keyboard.press("Escape");
      await until("the row has the focus", () =>
        page.evaluate(
          () =>
            document.activeElement?.closest('[data-testid="container-row"]')
              ?.dataset.container === "multiplexer",
        ),
      );
      const [tab] = await Promise.all([
        page.context().waitForEvent("page"),
        rowOf(page, "multiplexer")
          .getByTestId("status-detail")
          .click({ button: "middle" }),
      ]);
      await tab.getByTestId("detail").waitFor();
      await tab.close();
    },
  );

  await step(
    "a container’s own page has its log, its load and its details",
    async () => {
      await rowOf(page, "ffmpeg-youtube").getByTestId("open-details").click();
      await page.getByTestId("panel-logs").waitFor();
      await seen(page, "container-logs");
      await page.getByTestId("tab-load").click();
      await until("CPU is drawn", async () =>
        (
          (await page
            .getByTestId("chart-cpu")
            .locator(".line")
            .first()
            .getAttribute("d")) ?? ""
        ).includes("L"),
      );
      await page.getByTestId("load-note").getByText("24 hours").waitFor();
      await page.getByTestId("range-day").click();
      await page.getByTestId("scale-fit").click();
      await page.getByTestId("chart-cpu").getByText("00:00").waitFor();
      await page.getByTestId("scale-limit").click();
      await page.getByTestId("range-quarter").click();
      await seen(page, "container-load");
      await page.getByTestId("tab-details").click();
      await page
        .getByTestId("probes")
        .getByText("no frame for 30 s")
        .first()
        .waitFor();
      await page.getByTestId("changes").waitFor();
      await page
        .getByTestId("labels")
        .getByText("com.docker.compose.project")
        .first()
        .waitFor();
      await seen(page, "container-details");
      await page.reload();
      await page.getByTestId("panel-details").waitFor();
      await page.getByTestId("back").click();
      await rowOf(page, "nginx-proxy").waitFor();
    },
  );

  await step("a re-created container keeps its page", async () => {
    const run = () =>
      docker(
        "run",
        "-d",
        "--name",
        "phoenix",
        "-e",
        "GREETING=hello you",
        "-e",
        "DB_PASSWORD=s3cret",
        "--network",
        "none",
        imageOf(),
        "sleep",
        "1000",
      ).slice(0, 12);
    const first = run();
    await rowOf(page, "phoenix").getByTestId("open-details").click();
    await page.getByTestId("tab-details").click();
    const environment = page.getByTestId("environment");
    await environment.getByText("GREETING").waitFor();
    if ((await environment.getByText("hello you").count()) > 0)
      throw new Error("values are shown unasked");
    await page.getByTestId("show-values").click();
    await environment.getByText("hello you").waitFor();
    await environment.getByText("hidden by the controller").first().waitFor();
    if ((await page.content()).includes("s3cret"))
      throw new Error("a secret reached the page");
    docker("rm", "-f", "phoenix");
    await page.getByTestId("removed").waitFor();
    const second = run();
    await page.waitForURL(`**/${second}?tab=details`);
    if (first === second) throw new Error("it is the same container");
    docker("rm", "-f", "phoenix");
    await page.getByTestId("removed").waitFor();
    await page.keyboard.press("Escape");
    await rowOf(page, "nginx-proxy").waitFor();
  });

  await step("everything works by keyboard alone", async () => {
    await page.goto(PAGE);
    await rowOf(page, "nginx-proxy").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByTestId("palette").waitFor();
    await page.keyboard.type("nginx");
    await seen(page, "palette");
    await page.keyboard.press("Enter");
    await page.getByTestId("detail").getByText("nginx-proxy").first().waitFor();
    await page.getByTestId("tab-logs").focus();
    await page.keyboard.press("ArrowRight");
    await page.getByTestId("panel-load").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await rowOf(page, "nginx-proxy").waitFor();
    await page.keyboard.press("?");
    await page.getByTestId("keyboard-help").waitFor();
    await seen(page, "keyboard");
    await page.keyboard.press("Escape");
    await page.getByTestId("keyboard-help").waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.type("chat-bridge");
    await page.keyboard.press("Enter");
    await page.keyboard.press("x");
    await page.getByTestId("selection").waitFor();
    await page.keyboard.press("Escape");
    await page.getByTestId("selection").waitFor({ state: "detached" });
    const started = () =>
      docker(
        "inspect",
        "--format",
        "{{.State.StartedAt}}",
        inFull("chat-bridge"),
      );
    const before = started();
    await page.keyboard.press("r");
    await page.getByTestId("notice").getByText("Press r again").waitFor();
    if (started() !== before) throw new Error("one press was enough");
    await page.keyboard.press("r");
    await rowOf(page, "chat-bridge")
      .getByTestId("outcome")
      .getByText("Restarted")
      .waitFor();
    if (started() === before) throw new Error("chat-bridge was not restarted");
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await page.locator("[data-theme=light]").waitFor();
    await page.keyboard.press("t");
  });

  await step(
    "the record has every action, with its end, and is filtered and exported",
    async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("r");
      await page.getByTestId("record").waitFor();
      const entry = (action, outcome, name) =>
        page
          .locator(
            `[data-testid=record-row][data-action=${action}][data-outcome=${outcome}]`,
          )
          .filter({ hasText: name })
          .first();
      await entry("restart", "done", "multiplexer")
        .getByText(/restarted|started/)
        .waitFor();
      await entry("start", "failed", "misfit")
        .getByText("/no/such/program")
        .waitFor();
      await seen(page, "record");
      await page.getByTestId("record-container").fill("chat-bridge");
      await entry("restart", "done", "multiplexer").waitFor({
        state: "detached",
      });
      await entry("stop", "done", "chat-bridge").waitFor();
      if (!page.url().includes("on=chat-bridge"))
        throw new Error(`the address does not have the filter: ${page.url()}`);
      await page.getByTestId("record-outcome").selectOption("failed");
      await page.getByTestId("record-empty").waitFor();
      await page.getByTestId("record-outcome").selectOption("done");
      await entry("stop", "done", "chat-bridge").waitFor();
      const lines = await page
        .getByTestId("record-export")
        .evaluate(async (link) => (await fetch(link.href)).text());
      if (!/"what":"stop".*"name":"chat-bridge".*"outcome":"done"/.test(lines))
        throw new Error("the export does not have the stop");
      if (/"outcome":"requested"|"multiplexer"/.test(lines))
        throw new Error("the export is not filtered");
      await page.goto(PAGE);
      await rowOf(page, "nginx-proxy").waitFor();
    },
  );

  await step(
    "settings are saved, and single keys can be disabled",
    async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("s");
      await page.getByTestId("settings").waitFor();
      await seen(page, "settings");
      await page.getByTestId("setting-density-compact").check({ force: true });
      await page
        .getByTestId("setting-single-keys-false")
        .check({ force: true });
      await page.reload();
      await page.locator("[data-density=compact]").waitFor();
      await page.keyboard.press("?");
      await page.keyboard.press("Control+k");
      await page.getByTestId("palette").waitFor();
      if ((await page.getByTestId("keyboard-help").count()) > 0)
        throw new Error("a single key still works");
      await page.keyboard.press("Escape");
      await page.getByTestId("setting-single-keys-true").check({ force: true });
      await page
        .getByTestId("setting-density-comfortable")
        .check({ force: true });
    },
  );

  await step(
    "containers are pinned, and hosts and projects have their own views",
    async () => {
      await page.goto(PAGE);
      await rowOf(page, "nginx-proxy").getByTestId("row-menu").click();
      await seen(page, "row-menu");
      await page.getByTestId("menu-pin").click();
      await page.getByTestId("rail").getByText("nginx-proxy").click();
      await page.getByTestId("detail").waitFor();
      await page.getByTestId("view-attention").click();
      await rowOf(page, "ffmpeg-youtube").waitFor();
      await rowOf(page, "nginx-proxy").waitFor({ state: "detached" });
      await seen(page, "needs-attention");
      await page.getByTestId("view-project-latestrelayer").click();
      await rowOf(page, "nginx-proxy").waitFor();
      await page.locator("[data-testid^=view-host-]").first().click();
      await rowOf(page, "nginx-proxy").waitFor();
    },
  );

  await step(
    "on a phone the page has one column with all functions",
    async () => {
      const phone = await open("", {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      });
      const fits = async (what) => {
        const over = await phone.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        if (over > 0)
          throw new Error(`${what} is ${over} px wider than a phone`);
      };
      await rowOf(phone, "nginx-proxy").waitFor();
      await until("CPU is a number", async () =>
        /\d %/.test(
          await rowOf(phone, "nginx-proxy").getByTestId("load-cpu").innerText(),
        ),
      );
      await until("memory is a number", async () =>
        /\d [KMG]iB/.test(
          await rowOf(phone, "nginx-proxy")
            .getByTestId("load-memory")
            .innerText(),
        ),
      );
      await seen(phone, "dashboard-phone");
      await fits("the list");
      await rowOf(phone, "nginx-proxy").getByTestId("row-menu").tap();
      await phone.getByTestId("menu-restart").waitFor();
      await seen(phone, "phone-row-menu");
      await phone.keyboard.press("Escape");
      await phone.getByTestId("open-rail").click();
      await phone.getByTestId("rail-sheet").waitFor();
      await seen(phone, "phone-views");
      await phone.getByTestId("rail-sheet").getByTestId("view-all").click();
      await rowOf(phone, "nginx-proxy").getByTestId("open-details").tap();
      await phone.getByTestId("panel-logs").waitFor();
      await seen(phone, "phone-container");
      await fits("a container’s page");
      await phone.getByTestId("tab-load").tap();
      await phone.getByTestId("chart-cpu").waitFor();
      await seen(phone, "phone-load");
      await fits("its load");
      await phone.getByTestId("tab-details").tap();
      await phone.getByTestId("labels").waitFor();
      await fits("its details");
      await phone.context().close();
    },
  );

  await step("a wrong address says so, and leads to the list", async () => {
    const wrong = await open("nowhere/at-all");
    await wrong
      .getByTestId("unknown-address")
      .getByText("/nowhere/at-all")
      .waitFor();
    await seen(wrong, "wrong-address");
    await wrong.getByTestId("to-list").click();
    await rowOf(wrong, "nginx-proxy").waitFor();
    await wrong.context().close();
  });

  await step("columns are chosen, and compact rows have one line", async () => {
    await page.goto(PAGE);
    await page.getByTestId("view-menu").click();
    for (const item of [
      "column-image",
      "column-ports",
      "column-restarts",
      "column-limit",
      "compact",
    ])
      await page.getByTestId(`menu-${item}`).click();
    await seen(page, "columns");
    const { height } = await rowOf(page, "nginx-proxy").boundingBox();
    if (height > 25) throw new Error(`a compact row is ${height} px high`);
    for (const item of [
      "column-image",
      "column-ports",
      "column-restarts",
      "column-limit",
      "compact",
    ])
      await page.getByTestId(`menu-${item}`).click();
    await page.keyboard.press("Escape");
  });

  await step("load is not measured while no component shows it", async () => {
    const sent = [];
    const quiet = await open("c/no/where");
    quiet.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => sent.push(String(payload))),
    );
    await quiet.reload();
    await quiet.getByTestId("gone").waitFor();
    await quiet
      .getByTestId("connection")
      .and(quiet.locator("[data-phase=live]"))
      .waitFor();
    if (sent.some((frame) => frame.includes("subscribe_stats")))
      throw new Error("load is asked for unseen");
    await quiet.context().close();
  });

  visitor.expectClean();
} finally {
  await visitor.close();
}

/** The image of the sample stack. */
function imageOf() {
  return docker(
    "inspect",
    "--format",
    "{{.Config.Image}}",
    inFull("nginx-proxy"),
  );
}
