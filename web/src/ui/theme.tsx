"use client";

import { Moon, Sun } from "lucide-react";
import { Button } from "./button";

const KEY = "liveshop:theme";

/** Runs before the first paint, so that the page never flashes in the other theme. */
export const theme_script = `(()=>{let t=null;try{t=localStorage.getItem("${KEY}")}catch{}
if(t!=="dark"&&t!=="light")t=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";
document.documentElement.dataset.theme=t})()`;

function toggle() {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem(KEY, next);
}

export function ThemeToggle() {
  return (
    <Button look="quiet" size="icon" aria-label="Switch between light and dark" onClick={toggle}>
      <Sun className="in-data-[theme=dark]:hidden" aria-hidden />
      <Moon className="hidden in-data-[theme=dark]:block" aria-hidden />
    </Button>
  );
}
