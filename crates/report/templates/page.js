// Everything is on the page without this: it adds words beside the pointer, arrow keys through the marks of
// a figure, and SVG and PNG files of the figures.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
  tip.setAttribute("role", "status");
  document.body.append(tip);
  let lit = null;
  const hide = () => {
    tip.hidden = true;
    if (lit) lit.classList.remove("on");
    lit = null;
  };
  const show = (mark, x, y) => {
    if (lit !== mark) {
      hide();
      lit = mark;
      mark.classList.add("on");
      tip.textContent = mark.dataset.words;
    }
    tip.hidden = false;
    const left = Math.min(x + 14, scrollX + root.clientWidth - tip.offsetWidth - 8);
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (y - tip.offsetHeight - 12 < scrollY ? y + 18 : y - tip.offsetHeight - 12) + "px";
  };
  for (const figure of document.querySelectorAll("svg.figure")) {
    const marks = [...figure.querySelectorAll(".mark")];
    for (const mark of marks) {
      const title = mark.querySelector("title");
      mark.dataset.words = title.textContent;
      title.remove();
    }
    figure.addEventListener("pointermove", (event) => {
      const mark = event.target.closest(".mark");
      if (mark) show(mark, event.pageX, event.pageY);
      else hide();
    });
    figure.addEventListener("pointerleave", hide);
    figure.addEventListener("blur", hide);
    let at = -1;
    figure.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step || !marks.length) return;
      event.preventDefault();
      at = (at + step + marks.length) % marks.length;
      const box = marks[at].getBoundingClientRect();
      show(marks[at], box.left + box.width / 2 + scrollX, box.top + scrollY);
    });
  }
  const save = (name, address) => {
    const link = Object.assign(document.createElement("a"), { download: name, href: address });
    document.body.append(link);
    link.click();
    link.remove();
  };
  const drawn = (button) => {
    const all = [...button.closest(".exhibit").querySelectorAll("svg.figure")];
    return all.find((svg) => svg.getBoundingClientRect().width > 0) || all[0];
  };
  const file = (svg) => {
    const copy = svg.cloneNode(true);
    for (const mark of copy.querySelectorAll(".mark")) {
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = mark.dataset.words;
      mark.prepend(title);
      mark.removeAttribute("data-words");
    }
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = document.getElementById("figure-style").textContent;
    copy.prepend(style);
    return new XMLSerializer().serializeToString(copy);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-as]");
    if (!button) return;
    const svg = drawn(button);
    const address = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(file(svg));
    if (button.dataset.as === "svg") return save(svg.id + ".svg", address);
    const image = new Image();
    image.onload = () => {
      const box = svg.viewBox.baseVal;
      const canvas = Object.assign(document.createElement("canvas"), { width: box.width * 2, height: box.height * 2 });
      const pen = canvas.getContext("2d");
      pen.fillStyle = getComputedStyle(document.body).backgroundColor;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => {
        const address = URL.createObjectURL(blob);
        save(svg.id + ".png", address);
        setTimeout(() => URL.revokeObjectURL(address), 1000);
      });
    };
    image.src = address;
  });
  addEventListener("beforeprint", () => {
    for (const drawer of document.querySelectorAll(".know details")) drawer.open = true;
  });
})();
