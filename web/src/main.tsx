import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/ui/tokens.css";
import "@/ui/base.css";
import { App } from "@/app/App.tsx";

// After an update of the server an open tab asks for files that are gone: loading the page once more finds the new ones.
window.addEventListener("vite:preloadError", (event) => {
  const reloaded = sessionStorage.getItem("reloaded");
  if (reloaded && Date.now() - Number(reloaded) < 10_000) return;
  sessionStorage.setItem("reloaded", String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
