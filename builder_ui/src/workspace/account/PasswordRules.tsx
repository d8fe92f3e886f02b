import CheckCircle from "@mui/icons-material/CheckCircle";
import RadioButtonUnchecked from "@mui/icons-material/RadioButtonUnchecked";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import { useTranslation } from "react-i18next";
import { isLongEnough, isMixedEnough, LEAST_CHARACTERS } from "./passwords";

/** The rules of passwords, each ticked as soon as it is kept. */
export function PasswordRules({ password }: { password: string }) {
  const { t } = useTranslation();
  return (
    <List dense disablePadding aria-label={t("sign_in.rules")}>
      <Rule isKept={isLongEnough(password)} text={t("sign_in.rule_length", { count: LEAST_CHARACTERS })} />
      <Rule isKept={isMixedEnough(password)} text={t("sign_in.rule_groups")} />
    </List>
  );
}

function Rule({ isKept, text }: { isKept: boolean; text: string }) {
  const { t } = useTranslation();
  return (
    <ListItem disableGutters sx={{ py: 0 }}>
      <ListItemIcon sx={{ minWidth: 32, color: isKept ? "primary.main" : "text.secondary" }}>
        {isKept ? <CheckCircle titleAccess={t("sign_in.kept")} /> : <RadioButtonUnchecked titleAccess={t("sign_in.not_kept")} />}
      </ListItemIcon>
      <ListItemText primary={text} />
    </ListItem>
  );
}
