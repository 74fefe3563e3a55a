package dev.tidemark.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What hands do to a page, sent as real input events. Selectors are CSS and look into open shadow
 * roots, at any depth; {@code a >>> b} is a b inside the shadow root of an a. Every method waits
 * until an element matches and is visible, and takes the first.
 */
public final class UserInput {
  private static final int SHIFT = 8;
  private static final int CONTROL = 2;

  /**
   * Finds the first visible element that matches, through shadow roots; null where there is none.
   */
  private static final String FIND =
      """
      function find(selectors, root) {
        const visible = element => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && box.height > 0 && element.checkVisibility({visibilityProperty: true});
        };
        const [selector, ...inside] = selectors;
        for (const element of root.querySelectorAll(selector)) {
          const found = inside.length > 0 ? find(inside, element.shadowRoot ?? element)
              : visible(element) ? element : null;
          if (found) return found;
        }
        for (const host of root.querySelectorAll('*')) {
          const found = host.shadowRoot && find(selectors, host.shadowRoot);
          if (found) return found;
        }
        return null;
      }
      """;

  private final Tab tab;

  UserInput(Tab tab) {
    this.tab = tab;
  }

  /** Whether an element matches and is visible now. */
  public boolean sees(String selector) {
    return tab.holds(script(selector, "return element !== null;"));
  }

  /** Waits until an element matches and is visible. */
  public void waitFor(String selector) {
    tab.waitFor(script(selector, "return element !== null;"));
  }

  /** The visible text of the first match, shadow roots included, trimmed. */
  public String textOf(String selector) {
    waitFor(selector);
    return tab.evaluate(
            script(selector, TEXT + "return text(element).replace(/\\s+/g, ' ').trim();"))
        .asText();
  }

  /** Waits until the visible text of the first match contains a piece of text. */
  public void waitForText(String selector, String piece) {
    tab.waitFor(
        script(
            selector,
            TEXT
                + "return element && text(element).replace(/\\s+/g, ' ').includes("
                + Json.write(piece)
                + ");"));
  }

  /** innerText ends at shadow roots, so they are walked. */
  private static final String TEXT =
      """
      function text(node) {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType === Node.ELEMENT_NODE) {
          if (/^(STYLE|SCRIPT|TEMPLATE)$/.test(node.tagName) || !node.checkVisibility({visibilityProperty: true})
              && getComputedStyle(node).display !== 'contents') return '';
          if (node.tagName === 'SLOT' && node.assignedNodes().length > 0) return node.assignedNodes().map(text).join(' ');
        }
        return Array.from((node.shadowRoot ?? node).childNodes, text).join(' ');
      }
      """;

  /** Clicks into the middle of the first match, scrolling it into view. */
  public void click(String selector) {
    JsonNode middle = middle(selector);
    mouse("mouseMoved", middle);
    mouse("mousePressed", middle);
    mouse("mouseReleased", middle);
  }

  /** Turns the wheel over the first match; down where the pixels are positive. */
  public void scroll(String selector, int pixels) {
    JsonNode middle = middle(selector);
    tab.command(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            "mouseWheel",
            "x",
            middle.path("x").asDouble(),
            "y",
            middle.path("y").asDouble(),
            "deltaX",
            0,
            "deltaY",
            pixels));
  }

  private JsonNode middle(String selector) {
    waitFor(selector);
    return tab.evaluate(
        script(
            selector,
            """
            element.scrollIntoView({block: 'nearest'});
            const box = element.getBoundingClientRect();
            return {x: box.x + box.width / 2, y: box.y + box.height / 2};
            """));
  }

  private void mouse(String type, JsonNode at) {
    tab.command(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            at.path("x").asDouble(),
            "y",
            at.path("y").asDouble(),
            "button",
            type.equals("mouseMoved") ? "none" : "left",
            "clickCount",
            type.equals("mouseMoved") ? 0 : 1));
  }

  /** Clicks a field and types into it. */
  public void type(String selector, String text) {
    click(selector);
    type(text);
  }

  /** Types into whatever has the focus, as an input method does: in one go. */
  public void type(String text) {
    tab.command("Input.insertText", Map.of("text", text));
  }

  /**
   * Presses a key by its DOM name, such as {@code Enter}, {@code Escape}, {@code ArrowDown} or
   * {@code a}.
   */
  public void press(String key) {
    press(key, 0);
  }

  public void pressWithShift(String key) {
    press(key, SHIFT);
  }

  public void pressWithControl(String key) {
    press(key, CONTROL);
  }

  private void press(String key, int modifiers) {
    int code =
        switch (key) {
          case "Enter" -> 13;
          case "Tab" -> 9;
          case "Escape" -> 27;
          case "Backspace" -> 8;
          case "Delete" -> 46;
          case "PageUp" -> 33;
          case "PageDown" -> 34;
          case "End" -> 35;
          case "Home" -> 36;
          case "ArrowLeft" -> 37;
          case "ArrowUp" -> 38;
          case "ArrowRight" -> 39;
          case "ArrowDown" -> 40;
          default -> {
            if (key.length() != 1) {
              throw new IllegalArgumentException("unknown key " + key);
            }
            yield Character.toUpperCase(key.charAt(0));
          }
        };
    String text = key.equals("Enter") ? "\r" : key.length() == 1 && modifiers != CONTROL ? key : "";
    String physical =
        key.length() == 1 && Character.isLetter(key.charAt(0)) ? "Key" + (char) code : key;
    tab.command(
        "Input.dispatchKeyEvent",
        Map.of(
            "type", text.isEmpty() ? "rawKeyDown" : "keyDown",
            "key", key,
            "code", physical,
            "windowsVirtualKeyCode", code,
            "modifiers", modifiers,
            "text", text));
    tab.command(
        "Input.dispatchKeyEvent",
        Map.of(
            "type", "keyUp",
            "key", key,
            "code", physical,
            "windowsVirtualKeyCode", code,
            "modifiers", modifiers));
  }

  private static String script(String selector, String body) {
    return "(() => {"
        + FIND
        + "const element = find("
        + Json.write(selector.split(" >>> "))
        + ", document);"
        + body
        + "})()";
  }
}
