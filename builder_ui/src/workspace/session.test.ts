import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const json = (body: unknown, user: string) => new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json", "X-Botflow-User": user } });

/** The page as it is loaded, with a server that answers as it is told. */
async function loaded() {
  vi.resetModules();
  const answers: Record<string, (response: Response) => void> = {};
  vi.stubGlobal("fetch", ({ url }: Request) => new Promise<Response>((resolve) => (answers[new URL(url).pathname.replace("/api/v1/", "")] = resolve)));
  const [{ queries }, { session }, { draftOf }] = await Promise.all([import("../api/queries"), import("./session"), import("../chatbots/chatbots")]);
  const [draft, other] = ["pizza", "pasta"].map((id) => queries.fetchQuery({ ...draftOf(id), retry: false }));
  for (const one of [draft!, other!]) one.catch(() => undefined);
  const who = queries.fetchQuery({ ...session, retry: false });
  await vi.waitFor(() => expect(Object.keys(answers)).toHaveLength(3));
  return {
    draft: draft!,
    other: other!,
    answerDraft: (user: string) => answers["chatbots/pizza/draft"]!(json({ id: "pizza", revision: 1 }, user)),
    answerOther: (user: string) => answers["chatbots/pasta/draft"]!(json({ id: "pasta", revision: 1 }, user)),
    answerWho: async (id: string) => {
      answers["me"]!(json({ id }, id));
      await who;
    },
    kept: () => queries.getQueryData(draftOf("pizza").queryKey),
  };
}

describe("what a page asks for before it knows who is signed in", () => {
  beforeEach(() => {
    const Asked = Request;
    vi.stubGlobal("Request", class extends Asked {
      constructor(path: string, init: RequestInit) {
        super(new URL(path, "http://localhost"), init);
      }
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("stays when it was theirs", async () => {
    const page = await loaded();
    page.answerDraft("ann");
    await page.draft;
    await page.answerWho("ann");
    expect(page.kept()).toMatchObject({ id: "pizza" });
  });

  it("is forgotten when another tab signed somebody else in meanwhile", async () => {
    const page = await loaded();
    page.answerDraft("ann");
    await page.draft;
    await page.answerWho("bob");
    expect(page.kept()).toBeUndefined();
  });

  it("is forgotten though what was answered after it was theirs", async () => {
    const page = await loaded();
    page.answerDraft("ann");
    await page.draft;
    page.answerOther("bob");
    await page.other;
    await page.answerWho("bob");
    expect(page.kept()).toBeUndefined();
  });

  it("is not taken when it comes after that is known", async () => {
    const page = await loaded();
    await page.answerWho("bob");
    page.answerDraft("ann");
    await expect(page.draft).rejects.toThrow("Somebody else");
    expect(page.kept()).toBeUndefined();
  });
});
