import type { ReactNode } from "react";
import { ChatPage } from "./chat/ChatPage";
import { EmbedPage } from "./embed/EmbedPage";
import { HomePage } from "./home/HomePage";
import { match, type RouteName, usePath } from "./router";
import { NotFoundPage } from "./shell/NotFoundPage";

/** The page of each route. */
const PAGES: Record<RouteName, (parameters: Record<string, string>) => ReactNode> = {
  home: () => <HomePage />,
  chat: ({ sender = "" }) => <ChatPage key={sender} sender={sender} />,
  embed: ({ sender = "" }) => <EmbedPage key={sender} sender={sender} />,
};

export function App() {
  const path = usePath();
  const found = match(path);
  return found ? PAGES[found.name](found.parameters) : <NotFoundPage />;
}
