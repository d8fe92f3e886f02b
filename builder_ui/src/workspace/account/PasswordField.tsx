import Visibility from "@mui/icons-material/Visibility";
import VisibilityOff from "@mui/icons-material/VisibilityOff";
import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type PasswordFieldProps = Omit<TextFieldProps, "onChange" | "type" | "slotProps"> & { change: (value: string) => void };

/** A password, which can be looked at while it is typed. */
export function PasswordField({ change, ...rest }: PasswordFieldProps) {
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
      slotProps={{ input: { endAdornment: eye }, htmlInput: { spellCheck: false } }}
    />
  );
}
