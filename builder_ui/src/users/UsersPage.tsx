import PersonAdd from "@mui/icons-material/PersonAdd";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Listing } from "../workspace/Listing";
import type { SectionProps } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { WorkPage } from "../workspace/WorkPage";
import { type UserDoing, UserDialogs } from "./UserDialogs";
import { UserPage } from "./UserPage";
import { useUsers } from "./users";
import { UserTable } from "./UserTable";
import { useUserActions } from "./useUserActions";

/** Users, or one of them (AC-1). */
export default function UsersPage({ rest: [id] }: SectionProps) {
  return id === undefined ? <AllUsers /> : <UserPage key={id} id={id} />;
}

function AllUsers() {
  const { t } = useTranslation();
  const mayEdit = useMay("users.edit");
  const users = useUsers();
  const [doing, setDoing] = useState<UserDoing | null>(null);
  const actionsOf = useUserActions(setDoing);
  const invite = mayEdit && (
    <Button variant="contained" startIcon={<PersonAdd />} onClick={() => setDoing({ what: "invite" })}>
      {t("users.invite")}
    </Button>
  );
  return (
    <WorkPage title={t("sections.users")} lead={t("users.lead")} actions={invite}>
      <Listing found={users} empty={{ title: t("users.empty"), text: t("users.lead"), next: invite }}>
        {(rows) => <UserTable users={rows} actionsOf={actionsOf} />}
      </Listing>
      {doing && <UserDialogs doing={doing} act={setDoing} />}
    </WorkPage>
  );
}
