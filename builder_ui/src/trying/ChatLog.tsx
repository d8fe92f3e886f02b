import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { answerFrom } from "../chat/answerFrom";
import { LogScroll } from "../chat/LogScroll";
import { TypingIndicator } from "../chat/TypingIndicator";
import { useEditor } from "../canvas/editor";
import { useTrial, useTrying } from "./current";
import { firstOpen } from "./shown";
import { inbound } from "./transcript";
import styles from "./Trying.module.css";
import { TurnView } from "./TurnView";

/** All that was said and done so far. */
export function ChatLog({ go }: { go: (id: string) => void }) {
  const { t } = useTranslation();
  const trial = useTrial();
  const log = useRef<HTMLDivElement>(null);
  const turns = useTrying(({ chat }) => chat.turns);
  const tried = useTrying((state) => state.tried);
  const isPlaying = useTrying((state) => state.isPlaying);
  const name = useEditor(({ scenario }) => scenario.name);
  const open = firstOpen(turns);
  const isUpToDate = tried?.turns.length === turns.length;
  const listener = useMemo(() => ({ send: (draft: object) => trial.happen(inbound(draft)), act: () => {} }), [trial]);
  return (
    <LogScroll label={t("chat.log", { name })} isBusy={isPlaying} ref={log}>
      <ol className={styles.turns}>
        {turns.map((happening, index) => (
          <TurnView
            key={index}
            index={index}
            happening={happening}
            turn={tried?.turns[index]}
            before={tried?.turns[index - 1]}
            isActive={isUpToDate && index >= open}
            listener={listener}
            focus={() => answerFrom(log.current)}
            go={go}
          />
        ))}
        {!turns.length && <li className={styles.line}>{t("trying.write_first")}</li>}
        {isPlaying && !isUpToDate && (
          <li>
            <TypingIndicator name={name} />
          </li>
        )}
      </ol>
    </LogScroll>
  );
}
