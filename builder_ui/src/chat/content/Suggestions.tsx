import { type ComponentType, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../shell/Icon";
import { calendarFile, mapAddress, webAddress } from "./addresses";
import styles from "./content.module.css";
import { LocationDialog } from "./LocationDialog";
import { useMessage } from "./message";
import type { CalendarEvent, Dial, OpenUrl, ShowLocation, Suggestion } from "./model";

/** What each kind of suggestion does when it is tapped: a new kind is a component and a line here. */
const KINDS = new Map<string, ComponentType<{ suggestion: never }>>([
  ["reply", Reply],
  ["open_url", OpenPage],
  ["dial", Call],
  ["show_location", ShowPlace],
  ["request_location", AskLocation],
  ["calendar_event", AddEvent],
]);

function Tappable({ suggestion }: { suggestion: Suggestion }) {
  const Kind: ComponentType<{ suggestion: never }> = KINDS.get(suggestion.type) ?? Reply;
  return <Kind suggestion={suggestion as never} />;
}

/** Suggestions under a message; replies leave once the conversation has moved on, links stay. */
export function Suggestions({ suggestions = [] }: { suggestions?: Suggestion[] | undefined }) {
  const { t } = useTranslation();
  const { active } = useMessage();
  const shown = suggestions.filter(({ type }) => active || type !== "reply");
  if (shown.length === 0) return null;
  return (
    <ul className={styles.suggestions} aria-label={t("content.suggestions")}>
      {shown.map((suggestion) => (
        <li key={suggestion.id}>
          <Tappable suggestion={suggestion} />
        </li>
      ))}
    </ul>
  );
}

/** Buttons inside a card; they keep their place, and replies rest once the conversation has moved on. */
export function Buttons({ buttons = [] }: { buttons?: Suggestion[] | undefined }) {
  if (buttons.length === 0) return null;
  return (
    <ul className={styles.buttons}>
      {buttons.map((button) => (
        <li key={button.id}>
          <Tappable suggestion={button} />
        </li>
      ))}
    </ul>
  );
}

function Reply({ suggestion }: { suggestion: Suggestion }) {
  const { active, reply } = useMessage();
  return (
    <button type="button" className={styles.tappable} disabled={!active} onClick={() => reply(suggestion)}>
      {suggestion.text}
    </button>
  );
}

function OpenPage({ suggestion }: { suggestion: OpenUrl }) {
  return <Outside suggestion={suggestion} href={webAddress(suggestion.url)} icon="outside" />;
}

function Call({ suggestion }: { suggestion: Dial }) {
  const digits = suggestion.phone.replace(/[^+\d]/g, "");
  return <Outside suggestion={suggestion} href={`tel:${digits}`} icon="phone" here />;
}

function ShowPlace({ suggestion }: { suggestion: ShowLocation }) {
  return <Outside suggestion={suggestion} href={mapAddress(suggestion)} icon="place" />;
}

function AddEvent({ suggestion }: { suggestion: CalendarEvent }) {
  return <Outside suggestion={suggestion} href={calendarFile(suggestion)} icon="calendar" download="event.ics" here />;
}

function AskLocation({ suggestion }: { suggestion: Suggestion }) {
  const { active, share } = useMessage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className={styles.tappable} disabled={!active} onClick={() => setAsking(true)}>
        <Icon name="place" size={16} /> {suggestion.text}
      </button>
      {asking && <LocationDialog close={() => setAsking(false)} share={share} />}
    </>
  );
}

interface OutsideProps {
  suggestion: Suggestion;
  href: string | undefined;
  icon: IconName;
  download?: string;
  /** Stay on this tab: the address is no page. */
  here?: boolean;
}

/** A link that leaves the chat, and tells the chatbot that it was used. */
function Outside({ suggestion, href, icon, download, here = false }: OutsideProps): ReactNode {
  const { t } = useTranslation();
  const { act } = useMessage();
  return (
    <a
      className={styles.tappable}
      href={href}
      download={download}
      target={here ? undefined : "_blank"}
      rel="noopener noreferrer"
      onClick={() => act(suggestion)}
    >
      <Icon name={icon} size={16} /> {suggestion.text}
      {!here && <span className="visually-hidden"> ({t("content.new_tab")})</span>}
    </a>
  );
}
