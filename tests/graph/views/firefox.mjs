// Opens a page in Firefox, uses its views, and prints what it found as JSON: node firefox.mjs FIREFOX PAGE
import puppeteer from "puppeteer-core";

const [executablePath, page_] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage();
const wrong = [];
page.on("pageerror", (error) => wrong.push(String(error)));
page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
await page.setViewport({ width: 1280, height: 800 });
await page.goto(page_);
await page.waitForFunction(() => performance.getEntriesByName("ready").length, { timeout: 60_000, polling: 100 });
const heading = await page.evaluate(() => document.querySelector("#panel h2").textContent);
const views = await page.evaluate(() =>
  [...document.querySelectorAll("#views button")].map((button) => {
    button.click();
    return [button.dataset.view, document.querySelector("main").textContent.trim().length];
  }),
);
await page.click("[data-view=picture]");
const [x, y] = await page.evaluate(() => legation.pointOn(legation.data.edges.find(({ kind }) => kind === "ARMS").id, 0.42));
await page.mouse.click(x, y);
const quotes = await page.evaluate(() => [...document.querySelectorAll("#panel blockquote")].map((one) => one.textContent));
console.log(JSON.stringify({ heading, views, quotes, wrong }));
await browser.close();
