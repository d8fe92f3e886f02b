// botbuilder-dialogs: a waterfall with prompts; its memory storage keeps JSON texts.
import { ConversationState, MemoryStorage, MessageFactory, TestAdapter } from "botbuilder-core";
import { DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } from "botbuilder-dialogs";
import { INBOUND, SUGGESTIONS, report } from "./rounds.mjs";

const storage = new MemoryStorage();
const state = new ConversationState(storage);
const dialogs = new DialogSet(state.createProperty("dialog"));
const sizes = ["s", "small", "l", "large"];

dialogs.add(new TextPrompt("name"));
dialogs.add(
  new TextPrompt("size", async (prompt) => prompt.recognized.succeeded && sizes.includes(prompt.recognized.value.toLowerCase())),
);
dialogs.add(
  new WaterfallDialog("pizza", [
    async (step) => {
      await step.context.sendActivity(MessageFactory.text("Welcome to the pizza bot!"));
      return step.prompt("name", "What is your name?");
    },
    async (step) => {
      step.values.name = step.result;
      const question = MessageFactory.text(`Which size, ${step.result}?`);
      question.channelData = { suggestions: SUGGESTIONS };
      return step.prompt("size", question);
    },
    async (step) => {
      const { name } = step.values;
      const text = name.length > 2 ? `Thanks ${name}, your pizza is on its way.` : "Thanks, whoever you are.";
      await step.context.sendActivity(MessageFactory.text(text));
      return step.endDialog();
    },
  ]),
);

async function turn(context) {
  const dialog = await dialogs.createContext(context);
  const result = await dialog.continueDialog();
  if (result.status === DialogTurnStatus.empty && context.activity.text.toLowerCase().includes("pizza")) {
    await dialog.beginDialog("pizza");
  }
  await state.saveChanges(context);
}

let contacts = 0;

async function converse() {
  contacts += 1;
  const conversation = { id: `contact-${contacts}` };
  const adapter = new TestAdapter(turn);
  for (const [text] of INBOUND) {
    await adapter.receiveActivity({ type: "message", text, conversation, channelId: "test" });
  }
  await storage.delete([`test/conversations/${conversation.id}/`]);
  return adapter.activityBuffer.filter((sent) => sent.type === "message").map((sent) => sent.text);
}

await report(converse);
