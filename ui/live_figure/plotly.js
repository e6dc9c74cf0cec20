/* Plotly itself: its bundles, from the app's own server. */

const bundles = {};

/** Where the app is served from, also behind a proxy with a base path. */
function appRoot() {
  const script = document.querySelector('script[src*="static/js/index"]');
  return script ? script.src.split("static/js/")[0] : `${location.origin}/`;
}

/** One script for each kind of figure, loaded once however many figures ask. The page
 * asks before any of them, see ui/early.js. */
export function loadPlotly(file) {
  bundles[file] ??= (bundles.last ?? Promise.resolve()).then(
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = appRoot() + file;
        script.onload = () => {
          const plotly = window.Plotly;
          delete window.Plotly; // two bundles share this name: keep each apart
          resolve(plotly);
        };
        script.onerror = () => reject(new Error(`${file} did not load`));
        document.head.append(script);
      }),
  );
  bundles.last = bundles[file].catch(() => undefined);
  return bundles[file];
}
