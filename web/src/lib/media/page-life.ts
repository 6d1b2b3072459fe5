type PageLife = {
  /** The page is closed, reloaded or put into the browser's cache of pages. */
  leave: () => void;
  /** The page is shown again out of that cache, as it was. */
  back: () => void;
};

/** Follows the page's coming and going; returns how to stop. Every way out of a page fires `pagehide`, phones' too. */
export function follow_page_life({ leave, back }: PageLife): () => void {
  const shown = (event: PageTransitionEvent) => {
    if (event.persisted) back();
  };
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", shown);
  return () => {
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", shown);
  };
}
