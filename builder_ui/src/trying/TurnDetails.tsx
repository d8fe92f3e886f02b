import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { effectInWords, entryInWords, type Told } from "./logWords";
import { movesOf } from "./path";
import { useSpeaker } from "./speaker";
import type { TriedTurn } from "./transcript";
import styles from "./Trying.module.css";

/** All that one turn did: its way, the variables that changed, what would have happened outside, and the log. */
export function TurnDetails({ turn, go }: { turn: TriedTurn; go: (id: string) => void }) {
  const { t } = useTranslation();
  const scenario = useEditor(({ scenario: { id } }) => id);
  const [way = []] = movesOf([turn], scenario);
  const speaker = useSpeaker();
  const values = [...Object.entries(turn.changed), ...turn.removed.map((name) => [name, null] as const)];
  return (
    <div className={styles.details}>
      <Part title={t("trying.way")} items={way.map(({ node }) => <Step id={node} go={go} />)} none={t("trying.no_way")} isOrdered />
      <Part title={t("trying.variables")} items={values.map(([name, value]) => <Value name={name} value={value} />)} none={t("trying.no_variables")} />
      <Part title={t("trying.effects")} items={turn.effects.map((effect) => <Sentence told={effectInWords(effect, speaker)} />)} none={t("trying.no_effects")} />
      <Part title={t("trying.log")} items={turn.log.map((entry) => <Sentence told={entryInWords(entry, speaker)} />)} none={t("trying.no_log")} />
    </div>
  );
}

function Part({ title, items, none, isOrdered = false }: { title: string; items: ReactNode[]; none: string; isOrdered?: boolean }) {
  const List = isOrdered ? "ol" : "ul";
  return (
    <>
      <h2>{title}</h2>
      {items.length ? (
        <List>
          {items.map((item, index) => (
            <li key={index}>{item}</li>
          ))}
        </List>
      ) : (
        <span>{none}</span>
      )}
    </>
  );
}

function Step({ id, go }: { id: string; go: (id: string) => void }) {
  const { labelOf } = useSpeaker();
  return (
    <button type="button" className={styles.path} onClick={() => go(id)}>
      {labelOf(id)}
    </button>
  );
}

function Value({ name, value }: { name: string; value: unknown }) {
  return (
    <code>
      {name} = {value === null ? "–" : JSON.stringify(value)}
    </code>
  );
}

function Sentence({ told: { sentence, details } }: { told: Told }) {
  return (
    <>
      {sentence}
      {details.map((detail, index) => (
        <code key={index} className={styles.detail}>
          {detail}
        </code>
      ))}
    </>
  );
}
