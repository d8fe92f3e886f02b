import type { Chatbot } from "../chatbots";
import { DeleteAllDialog } from "./DeleteAllDialog";
import { PublishAllDialog } from "./PublishAllDialog";
import { SendersOfAllDialog } from "./SendersOfAllDialog";

const DIALOGS = { publish: PublishAllDialog, senders: SendersOfAllDialog, delete: DeleteAllDialog };

/** What is being done with several chatbots in a dialog. */
export type Together = keyof typeof DIALOGS;

export interface TogetherProps {
  /** The chatbots as they were when they were chosen. */
  chatbots: readonly Chatbot[];
  close: () => void;
}

export function TogetherDialogs({ what, ...rest }: TogetherProps & { what: Together }) {
  const Dialog = DIALOGS[what];
  return <Dialog {...rest} />;
}
