import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { WorkPage } from "../workspace/WorkPage";
import { OwnSessions } from "./OwnSessions";
import { PasswordForm } from "./PasswordForm";
import { ProfileForm } from "./ProfileForm";

/** One's own account (AC-2, AC-4). */
export default function AccountPage() {
  const { t } = useTranslation();
  return (
    <WorkPage title={t("account.title")}>
      <Part title={t("account.profile")}>
        <ProfileForm />
      </Part>
      <Part title={t("account.password")} lead={t("account.password_lead")}>
        <PasswordForm />
      </Part>
      <Part title={t("account.sessions")} lead={t("account.sessions_lead")}>
        <OwnSessions />
      </Part>
    </WorkPage>
  );
}

function Part({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <Typography variant="h2" id={heading} sx={{ mt: 2, mb: 1 }}>
        {title}
      </Typography>
      {lead && <Typography sx={{ color: "text.secondary", mb: 1, maxWidth: "44rem" }}>{lead}</Typography>}
      {children}
    </section>
  );
}
