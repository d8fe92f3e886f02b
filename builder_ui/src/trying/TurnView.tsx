import { Fragment, memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { sameMoment } from "../chat/history";
import { type Listener, MessageRow } from "../chat/MessageRow";
import { useEditor } from "../canvas/editor";
import { useTrial, useTrying } from "./current";
import { notesOf, wordsOf } from "./lines";
import { secondsOf } from "./duration";
import { messagesOf, typingOf } from "./shown";
import { useSpeaker } from "./speaker";
import type { Happening, TriedTurn } from "./transcript";
import styles from "./Trying.module.css";
import { TurnDetails } from "./TurnDetails";

interface TurnViewProps {
  index: number;
  happening: Happening;
  /** What came of it; undefined: that is not known yet. */
  turn: TriedTurn | undefined;
  before: TriedTurn | undefined;
  isActive: boolean;
  listener: Listener;
  focus: () => void;
  go: (id: string) => void;
}

/** One thing that happened, and what the chatbot made of it. */
export const TurnView = memo(function TurnView({ index, happening, turn, before, isActive, listener, focus, go }: TurnViewProps) {
  const { t, i18n } = useTranslation();
  const speaker = useSpeaker();
  const name = useEditor(({ scenario }) => scenario.name);
  const language = useEditor(({ scenario }) => scenario.language);
  const isDifferent = useTrying(({ changedAt }) => changedAt === index);
  const isLooked = useTrying(({ looked }) => looked === index);
  const messages = useMemo(() => messagesOf(index, happening, turn), [index, happening, turn]);
  const typing = useMemo(() => typingOf(turn), [turn]);
  const words = wordsOf(happening, speaker);
  const notes = turn ? notesOf(turn, before, speaker) : [];
  return (
    <li className={styles.turn} data-looked={isLooked || undefined}>
      {isDifferent && <p className={styles.different}>{t("trying.different")}</p>}
      {words && <p className={styles.line}>{words}</p>}
      {messages.map((message, place) => (
        <Fragment key={message.id}>
          {typing.has(message.id) && <p className={styles.line}>{t("trying.types_for", { time: secondsOf(typing.get(message.id)!, i18n.language) })}</p>}
          <MessageRow
            name={name}
            language={language}
            message={message}
            first={messages[place - 1]?.direction !== message.direction}
            last={!sameMoment(message, messages[place + 1])}
            active={isActive}
            conversation={listener}
            focus={focus}
          />
        </Fragment>
      ))}
      {notes.map((note) => (
        <p key={note} className={styles.line}>
          {note}
        </p>
      ))}
      {turn && <Details index={index} turn={turn} isLooked={isLooked} go={go} />}
    </li>
  );
});

/** A way to what the turn did, closed at first. While it is open the canvas shows the way of this turn. */
function Details({ index, turn, isLooked, go }: { index: number; turn: TriedTurn; isLooked: boolean; go: (id: string) => void }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const [isOpen, setOpen] = useState(false);
  const toggle = () => {
    trial.look(isOpen ? null : index);
    setOpen(!isOpen);
  };
  return (
    <>
      <button type="button" className={styles.more} aria-expanded={isOpen} aria-current={isLooked || undefined} onClick={toggle}>
        {isOpen ? t("trying.less") : t("trying.more")}
      </button>
      {isOpen && <TurnDetails turn={turn} go={go} />}
    </>
  );
}
