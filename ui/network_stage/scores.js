/* The table of scores: J and the share of right answers of every run. */

class Scores {
  constructor(table) {
    this.table = table;
  }

  /** Other runs: the head of the table, and places for its numbers. */
  about(runs) {
    this.runs = runs;
    const heads = ["J", "right", "J held out", "right held out"];
    const rows = runs.branched ? ["first run", "branch"] : [""];
    const cells = (tag, texts) =>
      texts.map((text) => {
        const cell = document.createElement(tag);
        cell.textContent = text;
        return cell;
      });
    const line = (children) => {
      const row = document.createElement("tr");
      row.append(...children);
      return row;
    };
    const [head, body] = this.table.children;
    const some = heads.slice(0, 2 * runs.first.J.length);
    const single = !runs.branched; // names and numbers on one line
    this.table.classList.toggle("single", single);
    head.replaceChildren(...(single ? [] : [line(cells("th", ["", ...some]))]));
    body.replaceChildren(
      ...rows.map((name) =>
        line(
          single
            ? some.flatMap((each) => [...cells("th", [each]), ...cells("td", [""])])
            : [...cells("th", [name]), ...cells("td", some.map(() => ""))],
        ),
      ),
    );
  }

  /** The numbers at a tick of the slider. */
  update(index) {
    this.runs.all.forEach((run, r) => {
      const kept = this.runs.kept[r][index];
      const cells = this.table.tBodies[0].rows[r].querySelectorAll("td");
      for (let part = 0; part < run.J.length; part += 1) {
        const gone = kept < 0;
        write(cells[2 * part], gone ? "–" : readable(run.J[part][kept], 3));
        write(cells[2 * part + 1], gone ? "–" : percent(run.right[part][kept]));
      }
    });
  }
}
