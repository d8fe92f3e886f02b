// Somebody in Firefox builds a bot, publishes it and chats with it. It is told the browser's program, the server's
// address, and a login and a password; a web chat named "Foxes" has to be there. Ends with an error where something is
// not as it should be, or where a page wrote an error into its console.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const [executablePath, server, login, password] = process.argv.slice(2);
const WAIT_MS = 15_000;
const COMMAND = process.platform === "darwin" ? "Meta" : "Control";

const SETTINGS = { "intl.accept_languages": "en-GB", "ui.prefersReducedMotion": 1 };

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox: SETTINGS });
const errors = [];
let page;

async function open(address) {
  page = await browser.newPage();
  page.setDefaultTimeout(WAIT_MS);
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(address);
}

const field = (name) => page.locator(`::-p-aria([name="${name}"][role="textbox"])`);
// Firefox's own names of elements may begin with a blank, which a search by role and name does not find
const named = (element, name) => `::-p-xpath(.//${element}[normalize-space()="${name}" or @aria-label="${name}"])`;
const button = (name) => page.locator(named("button", name));
const inDialog = (element, name) => page.locator(`[role=dialog] ${named(element, name)}`);
const node = (name) => page.locator(`.react-flow__node ::-p-text(${name})`);
const shown = (text) => page.locator(`::-p-text(${text})`).wait();

/** Write instead of what a field holds. */
async function write(name, text) {
  await field(name).click();
  await page.keyboard.down(COMMAND);
  await page.keyboard.press("a");
  await page.keyboard.up(COMMAND);
  await page.keyboard.type(text);
}

async function middle(locator) {
  const { x, y, width, height } = await (await locator.waitHandle()).boundingBox();
  return [x + width / 2, y + height / 2];
}

async function drag(from, to) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 10 });
  await page.mouse.up();
}

async function signIn() {
  await open(`${server}/chatbots`);
  await field("Login").fill(login);
  await page.locator("input[type=password]").fill(password);
  await button("Sign in").click();
}

async function build() {
  await button("New chatbot").click();
  await field("Name").fill("Fox hours");
  await button("Make it").click();
  await node("Greet").click();
  await write("What it says", "Weekday or weekend?");
  await button("Close").click();

  // pressed, not dragged: without a screen Firefox has no drop, only what leads to it
  await button("Add condition").click();
  await field("Name").wait();
  await button("Close").click();
  await page.mouse.click(400, 250);
  await button("Add action").click();
  await write("Name", "Open");
  await write("What it says", "Nine to five.");
  await button("Close").click();

  const [x, y] = await middle(node("Open"));
  await drag([x, y], [x, y + 150]);
  const outlet = page.locator("[data-id=reply] .source[data-handleid=else]");
  await drag(await middle(outlet), await middle(page.locator("[data-id=message] .target")));
  await page.locator('.react-flow__edge[data-id="reply else message"]').wait();
}

async function publish() {
  await button("Publish").click();
  await inDialog("button", "Publish").click();
  await shown("Version 1 is published");
  await page.locator('::-p-aria([name="Runs on Foxes"])').click();
  // it is seen once the chatbot runs there
  const link = await inDialog("a", "Chat with it on Foxes").setVisibility("visible").waitHandle();
  return link.evaluate((element) => element.href);
}

async function chat(address) {
  await open(address);
  await shown("Weekday or weekend?");
  await field("Write a message").fill("weekend");
  await page.keyboard.press("Enter");
  await shown("Nine to five.");
}

try {
  await signIn();
  await build();
  await chat(await publish());
} catch (error) {
  console.log(await page.evaluate(() => document.body.innerText));
  throw error;
} finally {
  await browser.close();
}
assert.deepEqual(errors, []);
