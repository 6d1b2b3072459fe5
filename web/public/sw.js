// Push messages: shows what comes, and opens the page it is about.

self.addEventListener("push", (event) => {
  const message = event.data?.json();
  if (!message?.title) return;
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      tag: message.tag, // replaces what is shown of the same order
      renotify: Boolean(message.tag),
      icon: "/icon.svg",
      data: message.data,
    }),
  );
});

/** A path of this origin and nothing else. */
function target_of(data) {
  const url = new URL(data?.url ?? "/", self.location.origin);
  return url.origin === self.location.origin ? url.href : self.location.origin;
}

async function open_page(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => one.url === url) ?? pages[0];
  if (!page) return self.clients.openWindow(url);
  if (page.url !== url) page.postMessage({ kind: "liveshop:open", url });
  return page.focus();
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open_page(target_of(event.notification.data)));
});
