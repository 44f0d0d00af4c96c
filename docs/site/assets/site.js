// Wide tables scroll in a frame that the generator makes; readers without a pointer have to reach it too.
addEventListener("load", () => {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
    frame.tabIndex = 0;
  }
});
