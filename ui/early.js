/* Runs Plotly while the browser waits for the server to run the page.
 *
 * That takes a tenth of a second, which would stand between the arrival of the first
 * figure and its picture. Streamlit's own scripts come before: this waits until they
 * have put up the frame of the page, and then for a quiet moment.
 */
{
  const { figure, plotly } = document.currentScript.dataset;
  const root = new URL("./", location.href).href;
  const load = () =>
    import(root + figure)
      .then(({ loadPlotly }) => loadPlotly(plotly))
      .catch(() => undefined); // the figure will ask again, and say that it failed
  const wait = () => {
    if (!document.querySelector('[data-testid="stApp"]')) setTimeout(wait, 20);
    else if (window.requestIdleCallback) requestIdleCallback(load, { timeout: 500 });
    else load(); // Safari
  };
  wait();
}
