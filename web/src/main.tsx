import { createRoot } from "react-dom/client";
import { WatchesPage } from "@/pages/watches/WatchesPage.tsx";

createRoot(document.getElementById("root") as HTMLElement).render(<WatchesPage />);
