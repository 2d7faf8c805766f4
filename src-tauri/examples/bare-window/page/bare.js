// One question to the process behind the page, and its reply on the screen.
window.__TAURI__.app.getVersion().then((version) => {
  document.body.textContent = version;
});
