// Light or dark: as the reader's system has it, until the button says otherwise.
{
  const wanted = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => document.body.dataset.jpThemeLight === "false";
  const set = (dark) => {
    document.getElementById("theme-light").media = dark ? "not all" : "all";
    document.getElementById("theme-dark").media = dark ? "all" : "not all";
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    document.body.dataset.jpThemeName = dark ? "JupyterLab Dark" : "JupyterLab Light";
    document.body.dataset.jpThemeLight = String(!dark);
    document.getElementById("theme")?.setAttribute("aria-pressed", String(dark));
  };
  const chosen = localStorage.getItem("theme");
  set(chosen ? chosen === "dark" : wanted.matches);
  wanted.addEventListener("change", () => localStorage.getItem("theme") || set(wanted.matches));
  addEventListener("DOMContentLoaded", () => {
    set(isDark());
    document.getElementById("theme").addEventListener("click", () => {
      set(!isDark());
      localStorage.setItem("theme", isDark() ? "dark" : "light");
    });
  });
}
