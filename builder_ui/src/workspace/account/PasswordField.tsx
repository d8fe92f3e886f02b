import Visibility from "@mui/icons-material/Visibility";
import VisibilityOff from "@mui/icons-material/VisibilityOff";
import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type PasswordFieldProps = Omit<TextFieldProps, "onChange" | "type" | "slotProps"> & {
  change: (value: string) => void;
  /** Whether what is pasted keeps its lines, as a key in PEM has to: the field itself has one line. */
  keepsLines?: boolean;
};

/** A password, which can be looked at while it is typed. */
export function PasswordField({ change, keepsLines = false, ...rest }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const eye = (
    <InputAdornment position="end">
      <IconButton
        edge="end"
        aria-label={t(isShown ? "sign_in.hide" : "sign_in.show")}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <VisibilityOff /> : <Visibility />}
      </IconButton>
    </InputAdornment>
  );
  return (
    <TextField
      required
      {...rest}
      type={isShown ? "text" : "password"}
      onChange={(event) => change(event.target.value)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData("text");
        if (!keepsLines || !pasted.trim().includes("\n")) return;
        event.preventDefault();
        change(pasted);
      }}
      slotProps={{ input: { endAdornment: eye }, htmlInput: { spellCheck: false } }}
    />
  );
}
