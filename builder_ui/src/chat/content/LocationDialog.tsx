import { type FormEvent, useId, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import buttons from "../../shell/buttons.module.css";
import { Icon } from "../../shell/Icon";
import type { Location } from "../protocol";
import { type Axis, coordinate, whereIAm } from "./coordinates";
import { Dialog } from "./Dialog";
import styles from "./dialog.module.css";

interface LocationDialogProps {
  close: () => void;
  share: (location: Location) => void;
}

/** Share where the device is, or a place by its coordinates. */
export function LocationDialog({ close, share }: LocationDialogProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState<"" | "searching" | "unavailable">("");
  const send = (location: Location) => {
    flushSync(close); // gives the focus back before the chat takes it
    share(location);
  };
  const locate = () => {
    setSearch("searching");
    whereIAm().then(send, () => setSearch("unavailable"));
  };
  return (
    <Dialog title={t("location.share")} close={close}>
      <button type="button" className={buttons.plain} disabled={search === "searching"} onClick={locate}>
        <Icon name="place" size={18} /> {t("location.here")}
      </button>
      <p className={styles.quiet} role="status">
        {search ? t(`location.${search}`) : t("location.or")}
      </p>
      <Coordinates close={close} send={send} />
    </Dialog>
  );
}

function Coordinates({ close, send }: { close: () => void; send: (location: Location) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ latitude: "", longitude: "" });
  const [wrong, setWrong] = useState<Axis | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const latitude = coordinate(typed.latitude, "latitude");
    const longitude = coordinate(typed.longitude, "longitude");
    if (latitude === null) return setWrong("latitude");
    if (longitude === null) return setWrong("longitude");
    send([latitude, longitude]);
  };
  const field = (axis: Axis) => (
    <Field
      label={t(`location.${axis}`)}
      value={typed[axis]}
      problem={wrong === axis ? t(`location.bad_${axis}`) : undefined}
      change={(text) => setTyped({ ...typed, [axis]: text })}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      <div className={styles.fields}>
        {field("latitude")}
        {field("longitude")}
      </div>
      <div className={styles.actions} style={{ marginTop: "var(--space-4)" }}>
        <button type="button" className={buttons.plain} onClick={close}>
          {t("content.cancel")}
        </button>
        <button type="submit" className={buttons.primary}>
          {t("location.send")}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  problem: string | undefined;
  change: (text: string) => void;
}

function Field({ label, value, problem, change }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => change(event.target.value)}
      />
      {problem && (
        <span id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
