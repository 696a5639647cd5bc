// Sets the chosen theme before anything is painted. Without one the page follows the system.
const theme = localStorage.getItem("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
