//! The built application under WebDriver, with folders of its own.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::*;

/// A running application and the driver that holds it.
pub struct Window {
    pub page: WebDriver,
    /// Where dialogs save to and open from, and where `opened.txt` names what would have been viewed.
    pub picked: PathBuf,
    _home: TempDir,
    driver: Driver,
}

/// `tauri-driver`, ended when dropped (and with it the engine's own driver).
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // SIGTERM: killed outright, it would leave the engine's driver behind.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

impl Window {
    /// Starts the application as a new person at a new computer would, with these arguments.
    pub async fn open(arguments: &[&str]) -> Self {
        let home = TempDir::new().unwrap();
        let picked = home.path().join("picked");
        std::fs::create_dir(&picked).unwrap();
        let (port, native) = (free_port(), free_port());
        let driver = std::env::var("TAURI_DRIVER").unwrap_or_else(|_| "tauri-driver".into());
        let child = Command::new(&driver)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CACHE_HOME", home.path().join("cache"))
            .env("ACTARIO_TEST_PICK", &picked)
            // With the safe renderer, pictures of the window never arrive.
            .env("ACTARIO_NATIVE_RENDERER", "1")
            .env_remove("WEBKIT_DISABLE_COMPOSITING_MODE")
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            // One instance a session bus: without a bus each test has its own.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .spawn()
            .unwrap_or_else(|error| panic!("{driver}: {error}; run `make test-desktop`"));
        let driver = Driver(child);
        for port in [port, native] {
            wait_for("the driver", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        }
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "wry").unwrap();
        wanted.set("tauri:options", json!({ "application": application(), "args": arguments })).unwrap();
        let page = WebDriver::new(&format!("http://127.0.0.1:{port}"), wanted).await.unwrap();
        Self { page, picked, _home: home, driver }
    }

    /// Waits for an element and gives it.
    pub async fn find(&self, css: &str) -> WebElement {
        let query = self.page.query(By::Css(css)).wait(Duration::from_secs(20), Duration::from_millis(50));
        query.first().await.unwrap_or_else(|error| panic!("no {css}: {error}"))
    }

    /// Opens the pages anew at a place (`/sesiones`).
    pub async fn visit(&self, place: &str) {
        self.page
            .execute("location.hash = arguments[0]; location.reload();", vec![json!(place)])
            .await
            .unwrap();
    }

    /// Runs a command of the shell as the page does: `Ok` with its reply or `Err` with its failure.
    pub async fn invoke(&self, command: &str, given: Value) -> Result<Value, Value> {
        let script = "const [command, given, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(command, given).then((ok) => done({ ok }), (failed) => done({ failed }));";
        let reply = self.page.execute_async(script, vec![json!(command), given]).await.unwrap();
        let reply = reply.json();
        if reply["failed"].is_null() { Ok(reply["ok"].clone()) } else { Err(reply["failed"].clone()) }
    }

    /// Makes a call of the core as the page does; gives its value.
    pub async fn call(&self, name: &str, request: Value) -> Value {
        let reply = self.invoke("call", json!({ "name": name, "request": request })).await;
        reply.unwrap_or_else(|failure| panic!("{name}: {failure}"))["value"].take()
    }

    /// Waits for a second window and gives it.
    pub async fn other_than(&self, first: &WindowHandle) -> WindowHandle {
        let found = self.windows(2).await;
        found.into_iter().find(|one| one != first).expect("another window")
    }

    /// Waits until there is one window.
    pub async fn alone(&self) {
        self.windows(1).await;
    }

    async fn windows(&self, many: usize) -> Vec<WindowHandle> {
        let start = Instant::now();
        loop {
            let found = self.page.windows().await.unwrap();
            if found.len() == many {
                return found;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{many} windows did not come: {found:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Ends the application.
    pub async fn close(self) {
        self.page.quit().await.unwrap();
        drop(self.driver);
    }
}

/// The application built beside this test.
fn application() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap().join("actario");
    assert!(built.is_file(), "{} is not built: run `make test-desktop`", built.display());
    built
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for(what: &str, there: impl Fn() -> bool) {
    let start = Instant::now();
    while !there() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what} did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}
