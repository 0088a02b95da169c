{% comment %}What a browser runs when the house rings (reviews/actions/pushing.py). It keeps no pages and meddles with no request.{% endcomment %}{% load static %}self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : {};
  if (!said.body) return;
  event.waitUntil(
    self.registration.showNotification(said.title, {
      body: said.body,
      tag: said.tag,
      icon: "{% static 'art/icon-192.png' %}",
      data: { url: said.url },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((open) => {
      const there = open.find((page) => page.url === url);
      return there ? there.focus() : self.clients.openWindow(url);
    }),
  );
});
