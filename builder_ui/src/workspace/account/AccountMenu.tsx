import AccountCircle from "@mui/icons-material/AccountCircle";
import Button from "@mui/material/Button";
import Divider from "@mui/material/Divider";
import ListSubheader from "@mui/material/ListSubheader";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, setLanguage } from "../../i18n";
import { applyTheme, chosenTheme, THEMES, type Theme } from "../../settings/theme";
import { keptOf } from "../../storage";
import { ConfirmDialog } from "../ConfirmDialog";
import { LinkTo } from "../LinkTo";
import { useSentence } from "../ProblemAlert";
import { pathTo } from "../sections";
import { changeMe, signOut, useMe } from "../session";
import { tell } from "../toasts";

/** Who is signed in; their account, appearance, language and the way out. */
export function AccountMenu({ moved }: { moved: () => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const sentence = useSentence();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const [isLosing, setLosing] = useState(false);
  const leave = () => (keptOf(me.id).length ? setLosing(true) : leaving.mutate());
  const leaving = useMutation({ mutationFn: signOut, onError: (error) => tell("error", sentence(error)) });
  const speaking = useMutation({ mutationFn: (language: Language) => changeMe({ language }), onError: (error) => tell("error", sentence(error)) });
  const speak = (language: Language) => {
    setLanguage(language);
    speaking.mutate(language);
  };
  const close = () => setAnchor(null);
  const go = () => {
    close();
    moved();
  };
  const choose = (chosen: Theme) => {
    applyTheme(chosen);
    setTheme(chosen);
  };
  return (
    <>
      <Divider />
      <Button
        color="inherit"
        startIcon={<AccountCircle />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ m: 1, justifyContent: "flex-start", textAlign: "start" }}
      >
        {me.name}
      </Button>
      <Menu variant="menu" anchorEl={anchor} open={anchor !== null} onClose={close}>
        <MenuItem component={LinkTo} href={pathTo("account")} onClick={go}>
          {t("account.title")}
        </MenuItem>
        <Divider />
        <ListSubheader>{t("page.theme")}</ListSubheader>
        {THEMES.map((name) => (
          <MenuItem key={name} role="menuitemradio" aria-checked={theme === name} selected={theme === name} onClick={() => choose(name)}>
            {t(`page.theme_${name}`)}
          </MenuItem>
        ))}
        <ListSubheader>{t("page.language")}</ListSubheader>
        {Object.entries(LANGUAGES).map(([code, { name }]) => (
          <MenuItem
            key={code}
            role="menuitemradio"
            aria-checked={i18n.language === code}
            selected={i18n.language === code}
            lang={code}
            onClick={() => speak(code as Language)}
          >
            {name}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem onClick={leave}>{t("account.sign_out")}</MenuItem>
      </Menu>
      {isLosing && (
        <ConfirmDialog
          title={t("account.unsaved")}
          text={t("account.unsaved_text")}
          verb={t("account.discard")}
          run={signOut}
          close={() => setLosing(false)}
        />
      )}
    </>
  );
}
