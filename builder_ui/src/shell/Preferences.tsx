import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, setLanguage } from "../i18n";
import { applyTheme, chosenTheme, THEMES, type Theme } from "../settings/theme";
import styles from "./Preferences.module.css";

/** Language and appearance of the page. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const changeTheme = (chosen: Theme) => {
    applyTheme(chosen);
    setTheme(chosen);
  };
  return (
    <div className={styles.preferences}>
      <Choice
        label={t("page.language")}
        value={i18n.language as Language}
        options={Object.entries(LANGUAGES).map(([code, { name }]) => [code as Language, name])}
        choose={setLanguage}
      />
      <Choice
        label={t("page.theme")}
        value={theme}
        options={THEMES.map((name) => [name, t(`page.theme_${name}`)])}
        choose={changeTheme}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: [Value, string][];
  choose: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, choose }: ChoiceProps<Value>) {
  return (
    <label>
      <span className="visually-hidden">{label}</span>
      <select className={styles.select} value={value} onChange={(event) => choose(event.target.value as Value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
