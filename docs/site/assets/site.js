// Wide tables scroll in a frame that the generator makes, long lines of code in their block; readers without a pointer have to
// reach both.
addEventListener("load", () => {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) {
    frame.tabIndex = 0;
  }
});
