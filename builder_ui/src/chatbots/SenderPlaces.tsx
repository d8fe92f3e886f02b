import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Sender, useSenders } from "../senders/senders";
import { Waiting } from "../workspace/Gate";
import { Listing } from "../workspace/Listing";
import { type Chatbot, useChatbots } from "./chatbots";
import { Place } from "./Place";
import { asOrdered, inOrder } from "./places";
import { useReadAnew } from "./useReadAnew";

/** Where a chatbot runs, where it is the default one (CB-5, CB-10), and where one can chat with it. Each switch holds at once. */
export function SenderPlaces({ chatbot }: { chatbot: Chatbot }) {
  const { t } = useTranslation();
  const senders = useSenders();
  // the order is fixed as soon as it is seen: not from what was remembered
  const isRead = useReadAnew(senders, useChatbots());
  const fitting = { ...senders, data: senders.data?.filter((sender) => sender.channel === chatbot.channel) } as typeof senders;
  return (
    <Listing found={fitting} empty={{ title: t("chatbots.no_sender"), text: t("chatbots.no_sender_text") }}>
      {(rows) => (isRead ? <Places chatbot={chatbot} senders={rows} /> : <Waiting />)}
    </Listing>
  );
}

/** What is looked for comes first. The order stays as it was found: nothing jumps when a switch is pressed. */
function Places({ chatbot, senders }: { chatbot: Chatbot; senders: Sender[] }) {
  const all = useChatbots().data ?? [];
  const [order] = useState(() => inOrder(senders, chatbot, all).map(({ id }) => id));
  return asOrdered(senders, order).map((sender) => <Place key={sender.id} chatbot={chatbot} sender={sender} />);
}
