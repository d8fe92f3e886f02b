import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Toast, useToasts } from "./toasts";
import styles from "./ToastStack.module.css";

const SHOWN_MS = 6_000;

/** What happened, at the edge of the page. Errors stay until they are closed. */
export function ToastStack() {
  const shown = useToasts((toasts) => toasts.shown);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {shown.map((toast) => (
        <Shown key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Shown({ toast }: { toast: Toast }) {
  const { t } = useTranslation();
  const dismiss = useToasts((toasts) => toasts.dismiss);
  const { id, severity, text, action } = toast;
  useEffect(() => {
    if (severity === "error") return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [dismiss, id, severity]);
  const run = () => {
    action?.run();
    dismiss(id);
  };
  const button = action && (
    <Button color="inherit" size="small" onClick={run}>
      {action.label}
    </Button>
  );
  return (
    <Alert
      className={styles.toast}
      severity={severity}
      variant="filled"
      closeText={t("work.close")}
      {...(button ? { action: button } : { onClose: () => dismiss(id) })}
    >
      {text}
    </Alert>
  );
}
